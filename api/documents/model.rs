//! What a document is called by.

use crate::id_type;

id_type! {
    /// A document of a resident.
    DocumentId;
}
