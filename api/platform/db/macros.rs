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

/// Parameters in one statement: SQLite takes 32,766, PostgreSQL 65,535.
pub const MAX_BINDS: usize = 30_000;

/// Reads what a town holds about a list, however long, in statements of [`MAX_BINDS`] at most:
/// `select_in!(r, "select … where municipality_id = ", town, " and id in (", ids)`.
#[macro_export]
macro_rules! select_in {
    ($handle:expr, $select:expr, $town:expr, $among:expr, $list:expr) => {{
        let mut all = Vec::with_capacity($list.len());
        for part in $list.chunks($crate::platform::db::MAX_BINDS - 1) {
            all.append(&mut $crate::with_conn!($handle, c => {
                let mut q = sqlx::QueryBuilder::new($select);
                q.push_bind($town).push($among);
                let mut list = q.separated(", ");
                for item in part {
                    list.push_bind(*item);
                }
                q.push(")");
                q.build_query_as().fetch_all(c).await
            })?);
        }
        all
    }};
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
