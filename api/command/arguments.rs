//! What is said on the command line of an import and of a part of the server.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// A part of the server.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// HTTP.
    Api,
    /// Reminders, push, housekeeping.
    Workers,
}

/// What is imported.
#[derive(Subcommand)]
pub enum Import {
    /// Residents. Columns: national_number, family_name, given_names, birth_date, street, house_number, postcode, town;
    /// and if you have them: language (nl, fr, de, en), box, latitude, longitude, household, parents (national numbers
    /// apart by a space), state (active, deceased, departed), state_date, former_number (a bis number that
    /// became a real one), address_hidden (yes or no: of who says yes nothing of the address is kept), country (of an address abroad),
    /// register_key (what the register itself calls somebody; kept only where the configuration asks for it).
    Residents(ImportArgs),
    /// Documents. Columns: national_number, kind, number_end, issued_on, expires_on; and if you have them: ready_on,
    /// collected_on, appointment_on, letter_sent_on, stopped_on. README.md lists the kinds.
    Documents(ImportArgs),
}

/// From where an import is taken, and how.
#[derive(Args)]
pub struct ImportArgs {
    /// The file.
    pub(super) file: PathBuf,
    /// The municipality's key in the configuration; may be left out where there is one only.
    #[arg(long, short, value_name = "KEY")]
    pub(super) municipality: Option<String>,
    /// The file holds everything: retire what it does not hold. Refused if that is more than
    /// import.snapshot_retires_at_most of the town.
    #[arg(long)]
    pub(super) snapshot: bool,
    /// Where wrong rows are reported [default: beside FILE, with `.report.csv` behind its name]
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}
