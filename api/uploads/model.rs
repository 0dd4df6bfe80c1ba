//! A file on its way in.

use crate::{codes, id_type, platform::access::Scope, refusals, words};

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

codes! {
    /// The town has as many uploads open as are allowed.
    UploadLimit = "upload_limit" 409 Tell "As many uploads are open as are allowed; complete or cancel one first.";
    /// The upload is further, or less far, than the caller thinks.
    UploadOffset = "upload_offset" 409 Reload "The upload is not at that offset; go on at `offset`.";
    /// The upload takes no more bytes.
    UploadClosed = "upload_closed" 409 Tell "The upload is complete, cancelled or over its bound, and takes no more.";
    /// The upload is not ready for that.
    UploadNotFinished = "upload_not_finished" 409 Repeat "The import of this upload is not finished yet.";
}

refusals! {
    /// An upload that takes no bytes.
    pub CannotAppend = UploadOffset, UploadClosed;
}
