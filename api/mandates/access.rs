//! The handler's parameter is the access rule: whoever takes a [`ForCitizen`] is called by a citizen for themselves, or for somebody for
//! whom they may do what it says. All other operations of citizens take no [`ACTING_FOR`].

use std::marker::PhantomData;

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchema, MetaSchemaRef, Registry},
};

use super::{KnownMandates, is_noted, note_look, only_assists, right_and_look};
use crate::{
    identity::{Citizen, SubjectId, access::Caller},
    platform::{
        App,
        access::{ACTING_FOR, MandateKind, MandateVerb},
        ids::ResidentId,
        openapi::asking,
        problem::{Code, Failure},
        time::local_day,
    },
};

/// A citizen who does what `V` says with what `K` says: for themselves, or for whom the header names. Whoever acts for somebody else
/// has signed in at the level for what is private.
pub struct ForCitizen<V, K>(pub Citizen, PhantomData<(V, K)>);

/// A verb, as a type.
pub trait Does: Send + Sync + 'static {
    /// The verb.
    const VERB: MandateVerb;
    /// Whether it can wait for the other's yes, so that who assists may do it.
    const WAITS: bool = false;
    /// Whether it shows something of the other's, so that they read who looked.
    const LOOKS: bool = false;
}

/// A kind of things, as a type.
pub trait Concerns: Send + Sync + 'static {
    /// The kind.
    const KIND: MandateKind;
    /// Whether it is private to oneself as well: then the session is at the level for that.
    const IS_PRIVATE: bool;
}

/// Sees.
pub struct See;
/// Books, moves and cancels, at once.
pub struct Book;
/// Books and moves: who assists asks for it, and it waits for the other's yes.
pub struct Propose;
/// Seeks a start for what [`Propose`] asks for: it tells when the other is elsewhere.
pub struct Seek;
/// Documents.
pub struct Documents;
/// Visits.
pub struct Visits;
/// Messages.
pub struct Messages;

impl Does for See {
    const VERB: MandateVerb = MandateVerb::See;
    const LOOKS: bool = true;
}

impl Does for Book {
    const VERB: MandateVerb = MandateVerb::Book;
}

impl Does for Propose {
    const VERB: MandateVerb = MandateVerb::Book;
    const WAITS: bool = true;
}

impl Does for Seek {
    const VERB: MandateVerb = MandateVerb::Book;
    const WAITS: bool = true;
    const LOOKS: bool = true;
}

impl Concerns for Documents {
    const KIND: MandateKind = MandateKind::Documents;
    const IS_PRIVATE: bool = true;
}

impl Concerns for Visits {
    const KIND: MandateKind = MandateKind::Visits;
    const IS_PRIVATE: bool = false;
}

impl Concerns for Messages {
    const KIND: MandateKind = MandateKind::Messages;
    const IS_PRIVATE: bool = false;
}

/// For whom a request says that it is, if it does.
fn whom(request: &Request) -> Result<Option<ResidentId>, Failure> {
    let Some(given) = request.headers().get(ACTING_FOR) else { return Ok(None) };
    let wrong = || Failure::field(Code::ParameterInvalid, ACTING_FOR, "is not the id of a resident");
    let text = given.to_str().map_err(|_| wrong())?;
    text.parse().map(|id| Some(ResidentId(id))).map_err(|_| wrong())
}

impl<'a, V: Does, K: Concerns> ApiExtractor<'a> for ForCitizen<V, K> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme, ApiExtractorType::Parameter];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Caller::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        let schemes = Caller::security_schemes();
        if K::IS_PRIVATE { schemes.into_iter().map(|scheme| asking(scheme, "private")).collect() } else { schemes }
    }

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "uuid"))))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let Caller(mut citizen) = Caller::from_request(request, body, options).await?;
        let whom = whom(request)?.filter(|whom| *whom != citizen.actor.0);
        if K::IS_PRIVATE || whom.is_some() {
            citizen.at_least(citizen.town.private_level)?;
        }
        let Some(whom) = whom else { return Ok(Self(citizen, PhantomData)) };
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        let (pair, now) = ((citizen.actor.0, whom), app.clock.now());
        let (of, today) = ((V::VERB, K::KIND), local_day(citizen.town.zone, now));
        let (known, asked) = (app.part::<KnownMandates>(), (citizen.town.id, pair, V::VERB, K::KIND));
        if V::LOOKS
            && let Some(acting) = known.find(app, asked, (now, today)).await?
        {
            (citizen.subject, citizen.acting) = (SubjectId(whom), Some(acting));
            return Ok(Self(citizen, PhantomData));
        }
        let before = known.before();
        let (acting, is_new) = {
            let mut r = app.db.read().await.map_err(Failure::from)?;
            let (acting, noted) = right_and_look(&mut r, &citizen.town, pair, of, now).await?;
            if acting.assists && !V::WAITS {
                return Err(only_assists().into());
            }
            let is_new = match noted {
                _ if !V::LOOKS => false,
                Some(noted) => !noted,
                None => !is_noted(&mut r, &citizen.town, pair, K::KIND, now).await.map_err(Failure::from)?,
            };
            (acting, is_new)
        };
        (citizen.subject, citizen.acting) = (SubjectId(whom), Some(acting));
        if is_new {
            note_look(app, &citizen, acting).await?;
        }
        if V::LOOKS {
            known.found(asked, acting, today, before);
        }
        Ok(Self(citizen, PhantomData))
    }
}
