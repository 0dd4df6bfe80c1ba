//! A file on its way in.

use crate::{id_type, platform::access::Scope, words};

id_type! {
    /// A file on its way in.
    UploadId;
}

words! {
    /// What a file holds.
    Subject {
        /// The register's residents.
        Residents = "residents",
        /// The register's documents.
        Documents = "documents",
    }

    /// How an upload stands.
    UploadState {
        /// Its parts come in.
        Receiving = "receiving",
        /// It is whole, and waits for a worker.
        Waiting = "waiting",
        /// A worker imports it.
        Importing = "importing",
        /// It was imported; some of its rows may be wrong.
        Imported = "imported",
        /// It was refused, or none of its rows was right.
        Failed = "failed",
        /// Whoever sent it took it back.
        Cancelled = "cancelled",
    }
}

impl Subject {
    pub(super) fn scope(self) -> Scope {
        match self {
            Self::Residents => Scope::ImportResidents,
            Self::Documents => Scope::ImportDocuments,
        }
    }
}
