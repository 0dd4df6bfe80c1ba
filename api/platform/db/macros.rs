//! What a store writes its statements with.

/// Runs the same body on whichever engine holds the handle: `with_conn!(r, c => sqlx::query(SQL).execute(c).await)`.
#[macro_export]
macro_rules! with_conn {
    ($handle:expr, $c:ident => $body:expr) => {
        match $handle.conn() {
            $crate::platform::db::Conn::Sqlite($c) => $body,
            $crate::platform::db::Conn::Postgres($c) => $body,
        }
    };
}

/// Declares a store's statements as constants, and `ALL`, the list that a guard prepares on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// Every fixed statement of this store, by name.
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// Parameters of a statement's list: SQLite takes 32,766 in all, PostgreSQL 65,535. A few more stand beside the list.
pub const MAX_BINDS: usize = 30_000;

/// Declares a store's statements about lists as constants, and `LISTED`, the list that a guard prepares on both engines.
#[macro_export]
macro_rules! listed {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: $crate::platform::db::Listed = $crate::platform::db::Listed($sql);)*
        /// Every statement of this store about a list, by name.
        pub(crate) const LISTED: &[(&str, $crate::platform::db::Listed)] = &[$((stringify!($name), $name)),*];
    };
}

/// Reads what a town holds about a list, however long: the town is the first parameter of a [`Listed`](super::Listed), the list is the
/// rest. `select_in!(r, NAMES_OF, town, ids)`. What else is asked by stands behind the town: `select_in!(r, TOLD, [town, broadcast], ids)`.
#[macro_export]
macro_rules! select_in {
    ($handle:expr, $listed:expr, [$($key:expr),+], $list:expr) => {{
        let (listed, mut all) = ($listed, Vec::with_capacity($list.len()));
        for part in $list.chunks(listed.at_most()) {
            let sql = listed.on($handle, part.len());
            all.append(&mut $crate::with_conn!($handle, c => {
                let mut q = sqlx::query_as(sql)$(.bind($key))+;
                for item in part {
                    q = q.bind(*item);
                }
                q.fetch_all(c).await
            })?);
        }
        all
    }};
    ($handle:expr, $listed:expr, $town:expr, $list:expr) => {
        $crate::select_in!($handle, $listed, [$town], $list)
    };
}

/// Declares what a row is read into, and a macro that has its columns as a text: each stands once.
#[macro_export]
macro_rules! record {
    (
        $(#[$of:meta])* $vis:vis struct $name:ident, columns $columns:ident {
            $(#[$first_of:meta])* $first_vis:vis $first:ident: $first_type:ty,
            $($(#[$field_of:meta])* $field_vis:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$of])*
        $vis struct $name {
            $(#[$first_of])* $first_vis $first: $first_type,
            $($(#[$field_of])* $field_vis $field: $type,)*
        }
        macro_rules! $columns {
            () => { concat!(stringify!($first) $(, ", ", stringify!($field))*) };
        }
    };
}

/// Builds a [`Locked`] of rows that are about to change, or that stand for something that is: of two who want to, the second
/// waits. Rows that point at them may be added meanwhile.
#[macro_export]
macro_rules! changing {
    ($sql:expr) => {
        $crate::platform::db::Locked { sqlite: $sql, postgres: concat!($sql, " for no key update") }
    };
}

/// Builds a [`Locked`] from the text before and after the place of the lock.
#[macro_export]
macro_rules! locked {
    ($before:literal, $after:literal) => {
        $crate::platform::db::Locked {
            sqlite: concat!($before, $after),
            postgres: concat!($before, " for update skip locked ", $after),
        }
    };
}
