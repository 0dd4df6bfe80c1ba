//! What is done again because its transaction met another's (a deadlock, a serialization failure, a database that was busy or restarted):
//! nothing was written, and a moment later it goes. Requests are done again where every request passes, so no operation can forget it.

use std::{cell::Cell, time::Duration};

use tokio::time::Instant;

use super::{
    problem::{Code, Failure},
    transactions::{IS_AGAIN, MET, Met},
};

/// Tries of something whose transaction met another's.
const TRIES: u32 = 6;
/// The least time between two of them.
const BREATH: Duration = Duration::from_millis(15);
/// After so long nobody waits for another try.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tries something until it need not be tried again, or some times. Not all wait as long in between, so that they do not all meet again.
async fn tried<T, F: Future<Output = T>>(mut attempt: impl FnMut() -> F, is_again: impl Fn(&T) -> bool) -> T {
    let began = Instant::now();
    for n in 1..TRIES {
        let done = attempt().await;
        if !is_again(&done) || began.elapsed() >= PATIENCE {
            return done;
        }
        tokio::time::sleep(BREATH * rand::random_range(1..=n)).await;
    }
    attempt().await
}

/// Answers a request, and answers it anew where it was refused because a transaction of it met another's. Where it may have written
/// something it is not done again: with an `Idempotency-Key`, whoever asked can. What is committed by [`super::db::Db::write_relaxed`] or
/// [`super::db::Write::commit_preparation`] does not count, as it may be done again.
pub async fn answered<T, F: Future<Output = T>>(mut attempt: impl FnMut() -> F, is_refused: impl Fn(&T) -> bool) -> T {
    let mut again = false;
    let noted = || {
        let attempt = attempt();
        let noted = MET.scope(Cell::new(Met::Nothing), async { (attempt.await, MET.with(Cell::get)) });
        IS_AGAIN.scope(std::mem::replace(&mut again, true), noted)
    };
    tried(noted, |(answer, met)| *met == Met::Another && is_refused(answer)).await.0
}

/// Does one piece of a worker's or a request's work again, where its transaction met another's.
///
/// # Errors
/// The work's own; `overloaded`, where it did not go after some tries.
pub async fn again<T, F: Future<Output = Result<T, Failure>>>(attempt: impl FnMut() -> F) -> Result<T, Failure> {
    tried(attempt, |done| done.as_ref().is_err_and(|failure| failure.is(Code::Overloaded))).await
}

#[cfg(test)]
mod tests {
    use super::{
        super::transactions::{is_again, met_another, wrote},
        *,
    };

    /// How often something is tried that is refused each time, after noting what is given.
    async fn tries(note: fn()) -> u32 {
        let count = Cell::new(0);
        let attempt = || {
            count.set(count.get() + 1);
            note();
            async move { note() }
        };
        answered(attempt, |()| true).await;
        count.get()
    }

    #[tokio::test]
    async fn only_what_was_rolled_back_is_done_again() {
        assert_eq!(tries(met_another).await, TRIES);
        assert_eq!(tries(|| ()).await, 1);
        assert_eq!(tries(wrote).await, 1);
        // Whichever comes first.
        assert_eq!(
            tries(|| {
                wrote();
                met_another();
            })
            .await,
            1
        );
    }

    #[tokio::test]
    async fn each_try_but_the_first_knows_that_it_is_another() {
        let seen = std::cell::RefCell::new(Vec::new());
        let attempt = || async {
            met_another();
            seen.borrow_mut().push(is_again());
        };
        answered(attempt, |()| seen.borrow().len() < 3).await;
        assert_eq!(*seen.borrow(), [false, true, true]);
        assert!(!is_again());
    }

    #[tokio::test]
    async fn what_succeeded_in_the_end_is_answered_once() {
        let count = Cell::new(0);
        let attempt = || {
            count.set(count.get() + 1);
            let n = count.get();
            async move {
                if n < 3 {
                    met_another();
                }
                n
            }
        };
        assert_eq!(answered(attempt, |n| *n < 3).await, 3);
        assert_eq!(count.get(), 3);
    }
}
