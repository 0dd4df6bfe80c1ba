//! The schema, and the scripts that make it.

use sqlx::migrate::Migrator;

use super::pools::{Db, Pools};
use crate::with_conn;

/// The numbered scripts in `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// What the schema is, beside the one that this server was built for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Scripts that the database still lacks.
    pub pending: usize,
    /// Scripts of a newer server. They only add, so that this one still runs (migrations/README.md).
    pub newer: usize,
    /// Scripts that were changed after they were applied.
    pub changed: usize,
    /// Scripts that were applied in part.
    pub broken: usize,
}

impl Db {
    /// Brings the schema up to date; repeating it changes nothing.
    ///
    /// # Errors
    /// A script that fails, or a database that a newer server has migrated.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        let mut scripts = Migrator { migrations: MIGRATIONS.migrations.clone(), ..Migrator::DEFAULT };
        // A newer server's scripts only add: one version back, this one still runs.
        scripts.set_ignore_missing(true);
        match &self.0 {
            Pools::Sqlite { write, .. } => {
                // sqlx locks a PostgreSQL while it migrates, and no SQLite: two processes would both make the first table.
                let path = write.connect_options().get_filename().with_extension("migrating");
                let lock = std::fs::File::options().create(true).truncate(false).write(true).open(&path)?;
                let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
                scripts.run(write).await?;
                lock.unlock()?;
            }
            Pools::Postgres { write, .. } => scripts.run(write).await?,
        }
        Ok(())
    }

    /// How the schema compares with the one that this server was built for.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn schema(&self) -> anyhow::Result<Schema> {
        let known: i64 = match &self.0 {
            Pools::Sqlite { read, .. } => {
                sqlx::query_scalar("select count(*) from sqlite_master where name = '_sqlx_migrations'")
                    .fetch_one(read)
                    .await?
            }
            Pools::Postgres { read, .. } => {
                sqlx::query_scalar(
                    "select count(*) from information_schema.tables where table_name = '_sqlx_migrations'",
                )
                .fetch_one(read)
                .await?
            }
        };
        if known == 0 {
            return Ok(Schema { pending: MIGRATIONS.iter().count(), ..Schema::default() });
        }
        let mut r = self.read().await?;
        let done: Vec<(i64, Vec<u8>, bool)> = with_conn!(r, c =>
            sqlx::query_as("select version, checksum, success from _sqlx_migrations").fetch_all(c).await)?;
        let ours = |version: i64| MIGRATIONS.iter().find(|m| m.version == version);
        let applied = |version: i64| done.iter().any(|(v, ..)| *v == version);
        Ok(Schema {
            pending: MIGRATIONS.iter().filter(|m| !applied(m.version)).count(),
            newer: done.iter().filter(|(v, ..)| ours(*v).is_none()).count(),
            changed: done.iter().filter(|(v, sum, _)| ours(*v).is_some_and(|m| *m.checksum != **sum)).count(),
            broken: done.iter().filter(|(_, _, success)| !success).count(),
        })
    }
}
