//! What became of the transactions of a request, so that it is done again where one met another's and nothing was written.

use std::cell::Cell;

/// What is known of the transactions of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// All went as it should.
    Nothing,
    /// One met another's and was rolled back, and none has written anything.
    Another,
    /// One was committed, or may have been: the connection broke on the way.
    Written,
}

tokio::task_local! {
    pub(super) static MET: Cell<Met>;
    pub(super) static IS_AGAIN: bool;
}

/// Whether this is another try of a request: who asked is counted once.
pub fn is_again() -> bool {
    IS_AGAIN.try_with(|again| *again).unwrap_or_default()
}

/// Notes that a transaction of this request met another's and was rolled back.
pub fn met_another() {
    note(Met::Another);
}

/// Notes that this request has written something, or may have: it is not done again.
pub fn wrote() {
    note(Met::Written);
}

fn note(met: Met) {
    // In a worker there is nothing to note it in.
    let _ = MET.try_with(|known| {
        if known.get() != Met::Written {
            known.set(met);
        }
    });
}

/// Whether the cause is the database's state and not what was asked, so that the same may go a moment later: it is busy, a
/// lock was not given in time, it is restarting, stopping, failing over or read-only, its disk is full, or the connection
/// broke. (PostgreSQL, appendix A; sqlite.org/rescode.html.)
pub fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(e) => {
            let code = e.code().unwrap_or_default();
            if e.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                // The primary code is the lowest byte: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL.
                return code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6 | 7 | 8 | 10 | 13 | 14 | 15));
            }
            // Connection, transaction rollback, resources, lock timeout, operator intervention, system error; and
            // read-only, or a transaction that the server ended by itself.
            ["08", "40", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class))
                || matches!(code.as_ref(), "25006" | "25P02" | "25P03")
        }
        // What a server that starts, stops or is another one now makes of a connection.
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed
        | sqlx::Error::InvalidSavePointStatement => true,
        _ => false,
    }
}

/// Whether a unique index refused what was written: something else has it. On PostgreSQL the transaction is over then.
pub fn is_twice(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.is_unique_violation())
}
