//! What the answers of late say about a channel.

use std::{collections::HashSet, hash::Hash};

use super::verdict::Verdict;

/// Answers before a share of suspicious ones is believed.
const ENOUGH_ANSWERS: u32 = 50;

/// Citizens whose phones must agree, with nobody's saying otherwise, before a fault is taken for the channel's. One citizen
/// may have many phones, and tokens made up on purpose.
const CROWD: usize = 3;

/// What one answer says about its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It works: the provider lets us in and takes what we send.
    Works,
    /// The provider answers, and that is all it says.
    Answers,
    /// A suspicious token.
    Suspect,
    /// A dead token.
    Dead,
    /// Refused, perhaps for our credentials.
    Refused,
    /// Too fast, perhaps the project.
    Pace,
    /// Out of order, or no answer.
    Trouble,
}

impl Sign {
    /// The same of a Live Activity. Its token dies with it, whenever somebody wipes it away: that says nothing about the phones of a channel,
    /// nor does a key that may not send such pushes, or a phone that gets too many of them.
    pub fn of_live(self) -> Option<Self> {
        match self {
            Self::Suspect | Self::Dead => Some(Self::Answers),
            Self::Refused | Self::Pace => None,
            Self::Works | Self::Answers | Self::Trouble => Some(self),
        }
    }
}

/// What a verdict says about its channel; none where the channel's fault is certain, or nothing was sent.
pub fn sign(verdict: &Verdict) -> Option<Sign> {
    Some(match verdict {
        Verdict::Delivered => Sign::Works,
        Verdict::RequestDead => Sign::Answers,
        Verdict::TokenSuspect => Sign::Suspect,
        Verdict::TokenDead { .. } => Sign::Dead,
        Verdict::Refused => Sign::Refused,
        Verdict::DevicePace { .. } => Sign::Pace,
        Verdict::Unavailable { .. } | Verdict::Unknown => Sign::Trouble,
        Verdict::Unsendable
        | Verdict::Credentials { .. }
        | Verdict::TokenPace
        | Verdict::ProjectPace { .. }
        | Verdict::Unreachable { .. }
        | Verdict::Unanswered => return None,
    })
}

/// What a channel answered of late, to tell a few bad tokens from a fault of the channel. A citizen counts once, however many
/// phones of theirs say the same.
#[derive(Clone, Debug)]
pub struct Answers<C> {
    /// All that say something about a token.
    all: u32,
    suspect: HashSet<C>,
    dead: HashSet<C>,
    refused: HashSet<C>,
    pace: HashSet<C>,
    trouble: HashSet<C>,
    /// Whether anything passed since the channel last stopped.
    works: bool,
}

impl<C> Default for Answers<C> {
    fn default() -> Self {
        let none = HashSet::new;
        Self { all: 0, suspect: none(), dead: none(), refused: none(), pace: none(), trouble: none(), works: false }
    }
}

/// What is the channel's fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// So many tokens cannot be bad: the fault is ours.
    pub doubt: bool,
    /// Our credentials are refused, or somebody between us and the provider refuses us.
    pub refused: bool,
    /// All are told that they are too fast.
    pub pace: bool,
    /// The provider is out of order.
    pub trouble: bool,
    /// Others pass, or passed a while ago, so that who is refused is refused for themselves.
    pub others_pass: bool,
}

impl<C: Eq + Hash + Copy> Answers<C> {
    /// Adds the answers of a batch, and judges. Where refused tokens of an earlier one are withheld (`waiting`), it judges these as well.
    pub fn add(&mut self, later: &[(C, Sign)], waiting: bool) -> Judgement {
        const FADE_AT: u32 = 1_000;
        if self.all > FADE_AT {
            *self = Self { works: self.works, ..Self::default() };
        }
        let mut bad = waiting;
        for (who, sign) in later {
            let who = *who;
            let new = match sign {
                Sign::Works | Sign::Answers => true,
                Sign::Suspect => self.suspect.insert(who),
                Sign::Dead => self.dead.insert(who),
                Sign::Refused => self.refused.insert(who),
                Sign::Pace => self.pace.insert(who),
                Sign::Trouble => self.trouble.insert(who),
            };
            bad |= matches!(sign, Sign::Suspect | Sign::Dead);
            if new && matches!(sign, Sign::Works | Sign::Suspect | Sign::Dead) {
                self.all += 1;
            }
        }
        let any = |wanted: &[Sign]| later.iter().any(|(_, sign)| wanted.contains(sign));
        if any(&[Sign::Works]) {
            self.works = true;
        }
        // Who speaks of a token let us in.
        if any(&[Sign::Works, Sign::Suspect, Sign::Dead, Sign::Answers]) {
            self.refused.clear();
            self.pace.clear();
        }
        if any(&[Sign::Works, Sign::Suspect, Sign::Dead, Sign::Answers, Sign::Refused, Sign::Pace]) {
            self.trouble.clear();
        }
        let judged = Judgement {
            doubt: bad && self.doubts(),
            refused: self.refused.len() >= CROWD,
            pace: self.pace.len() >= CROWD,
            trouble: self.trouble.len() >= CROWD,
            others_pass: self.works,
        };
        if judged.refused {
            self.works = false;
        }
        judged
    }

    /// Whether so few answered that nobody can say yet whose fault a refused token is.
    pub fn is_early(&self) -> bool {
        self.all < ENOUGH_ANSWERS
    }

    /// Forgets what led to a stop, so that the next answers speak for themselves.
    pub fn stopped(&mut self) {
        self.refused.clear();
        self.pace.clear();
        self.trouble.clear();
        self.works = false;
    }

    /// A fifth of suspicious tokens, or more than half of dead ones, is more than a town's phones can be.
    fn doubts(&self) -> bool {
        let (suspect, dead) = (self.suspect.len(), self.dead.len());
        let all = self.all as usize;
        if self.all < ENOUGH_ANSWERS {
            return suspect >= CROWD && suspect == all;
        }
        suspect * 5 >= all || dead * 2 > all
    }
}
