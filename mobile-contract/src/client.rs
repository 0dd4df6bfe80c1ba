// Generated from openapi/citizen.json; BLESS=1 cargo test writes it anew.
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///What can be done at once.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ActionOut {
        ///What the button says.
        pub label: ::std::string::String,
        ///A path in the app that begins with `/`, or an https address.
        pub link: ::std::string::String,
    }
    ///An address, as the register has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AddressOut {
        ///The box number; empty where there is none.
        pub box_number: ::std::string::String,
        ///The house number, which may have letters: `12`, `12A`.
        pub house_number: ::std::string::String,
        ///The postcode, such as `9800`.
        pub postcode: ::std::string::String,
        ///The name of the street, as the register writes it.
        pub street: ::std::string::String,
        ///The town or village, as the register writes it.
        pub town: ::std::string::String,
    }
    ///What I thought of it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AnswerIn {
        ///A line, if I like.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub line: ::std::option::Option<AnswerInLine>,
        ///From one, badly, to five, well.
        pub score: ::std::num::NonZeroU64,
    }
    ///A line, if I like.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AnswerInLine(::std::string::String);
    impl ::std::ops::Deref for AnswerInLine {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AnswerInLine> for ::std::string::String {
        fn from(value: AnswerInLine) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AnswerInLine {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 500usize {
                return Err("longer than 500 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AnswerInLine {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AnswerInLine {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AnswerInLine {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Which versions of a town's app are still to be used. An app looks at each start, and whenever the server refuses what it asks.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct AppOut {
        ///For Android; absent where each version is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub android: ::std::option::Option<LeastVersionOut>,
        ///For iOS; absent where each version is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ios: ::std::option::Option<LeastVersionOut>,
    }
    ///What is added to a visit.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AppointmentAddition {
        ///The ids of the documents to come for as well, the citizen's own and their minor children's.
        pub document_ids: ::std::vec::Vec<::uuid::Uuid>,
    }
    ///Another time or place for a visit.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AppointmentMove {
        ///Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contact: ::std::option::Option<AppointmentMoveContact>,
        ///The location of the new start, as `location_id` of that start says.
        pub location_id: ::uuid::Uuid,
        ///When: one of the free starts.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AppointmentMoveContact(::std::string::String);
    impl ::std::ops::Deref for AppointmentMoveContact {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AppointmentMoveContact> for ::std::string::String {
        fn from(value: AppointmentMoveContact) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AppointmentMoveContact {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AppointmentMoveContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AppointmentMoveContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AppointmentMoveContact {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A visit.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AppointmentOut {
        ///The names of the others who come.
        pub companions: ::std::vec::Vec<::std::string::String>,
        /**Where to come to, or whom to ring; absent at a town hall, of a video visit, whose link is the address of its location, and of a visit
at home for who acts for somebody else.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contact: ::std::option::Option<::std::string::String>,
        ///The day that the town's calendar shows then.
        pub day: ::chrono::naive::NaiveDate,
        ///When the visit ends, an instant in UTC.
        pub ends_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Whether it may be held for as long again.
        pub extendable: bool,
        ///Until when it is held.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub held_until: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///The id of the visit, which `/v1/appointments/{appointment_id}` takes.
        pub id: ::uuid::Uuid,
        ///The location of the visit, with its texts in the citizen's language.
        pub location: PlaceOut,
        ///How many come together.
        pub persons: i64,
        ///What a code to be scanned holds.
        pub qr: ::std::string::String,
        ///What the citizen says at the desk.
        pub reference: ::std::string::String,
        /**The reminders that will be sent, as things stand now: a phone that is added or removed, or news that is muted,
changes it.*/
        pub reminders: ::std::vec::Vec<ReminderOut>,
        ///The booked service, with its texts in the citizen's language.
        pub service: ServiceOut,
        ///When the visit begins, an instant in UTC; show it in the town's time zone.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///`held`, `booked`, `cancelled` or `lapsed`.
        pub state: ::std::string::String,
        ///Whom the visit is for, and the document of each where it is for one; empty for a visit that was booked before this was kept.
        pub subjects: ::std::vec::Vec<VisitSubjectOut>,
        /**Whether the citizen came for it and the house sent them away before it was their turn, as it closed. It is listed with those to come
for two weeks, and may be moved or cancelled, although its time is past.*/
        pub turned_away: bool,
        /**The entry of the waiting list that this hold is offered to: confirmed, it takes the place of the visit that was to be
earlier, which keeps its reference.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub waiting_id: ::std::option::Option<::uuid::Uuid>,
    }
    ///What is to be booked.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AppointmentWish {
        ///The names of the others, where more than one come; of all, where it is for none of them that the citizen comes.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub companions: ::std::vec::Vec<AppointmentWishCompanionsItem>,
        /**Where to come to, for a visit at home (where the citizen lives, if it is not said); whom to ring, for a telephone
call.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contact: ::std::option::Option<AppointmentWishContact>,
        /**The ids of the documents to come for, the citizen's own and their minor children's, as a proposal names them: then nobody needs to
be named. Left out, the citizen's only document that the service is for is meant, or of the children that are named.*/
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub document_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///True to hold it for a few minutes while the citizen decides; then confirm it.
        pub hold: bool,
        ///The location of the start, as `location_id` of that start says.
        pub location_id: ::uuid::Uuid,
        ///How many come together.
        pub persons: ::std::num::NonZeroU64,
        ///The service to book, an `id` from `GET /v1/services`.
        pub service_id: ::uuid::Uuid,
        ///When: one of the free starts.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///`AppointmentWishCompanionsItem`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AppointmentWishCompanionsItem(::std::string::String);
    impl ::std::ops::Deref for AppointmentWishCompanionsItem {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AppointmentWishCompanionsItem> for ::std::string::String {
        fn from(value: AppointmentWishCompanionsItem) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AppointmentWishCompanionsItem {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AppointmentWishCompanionsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for AppointmentWishCompanionsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AppointmentWishCompanionsItem {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**Where to come to, for a visit at home (where the citizen lives, if it is not said); whom to ring, for a telephone
call.*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AppointmentWishContact(::std::string::String);
    impl ::std::ops::Deref for AppointmentWishContact {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AppointmentWishContact> for ::std::string::String {
        fn from(value: AppointmentWishContact) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AppointmentWishContact {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AppointmentWishContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AppointmentWishContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AppointmentWishContact {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**Kinds of news, as a citizen may mute them. A message of a muted category stays in the inbox.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Category {
        #[serde(rename = "documents")]
        Documents,
        #[serde(rename = "account")]
        Account,
        #[serde(rename = "appointments")]
        Appointments,
        #[serde(rename = "queue")]
        Queue,
        #[serde(rename = "announcements")]
        Announcements,
        #[serde(rename = "emergency")]
        Emergency,
    }
    impl ::std::fmt::Display for Category {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Documents => f.write_str("documents"),
                Self::Account => f.write_str("account"),
                Self::Appointments => f.write_str("appointments"),
                Self::Queue => f.write_str("queue"),
                Self::Announcements => f.write_str("announcements"),
                Self::Emergency => f.write_str("emergency"),
            }
        }
    }
    impl ::std::str::FromStr for Category {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "documents" => Ok(Self::Documents),
                "account" => Ok(Self::Account),
                "appointments" => Ok(Self::Appointments),
                "queue" => Ok(Self::Queue),
                "announcements" => Ok(Self::Announcements),
                "emergency" => Ok(Self::Emergency),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Category {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Category {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A child of the citizen who is not of age, and whose documents the citizen sees.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ChildOut {
        ///The birth date, such as `2019-04-04`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub birth_date: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///The family name, as the register writes it.
        pub family_name: ::std::string::String,
        ///All given names; empty where there are none.
        pub given_names: ::std::string::String,
    }
    ///A one-time code and what proves that it is yours.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CodeTrade {
        ///The code from the app's link.
        pub code: CodeTradeCode,
        ///The verifier of the challenge the sign-in began with.
        pub code_verifier: CodeTradeCodeVerifier,
    }
    ///The code from the app's link.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CodeTradeCode(::std::string::String);
    impl ::std::ops::Deref for CodeTradeCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CodeTradeCode> for ::std::string::String {
        fn from(value: CodeTradeCode) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CodeTradeCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CodeTradeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CodeTradeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CodeTradeCode {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The verifier of the challenge the sign-in began with.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CodeTradeCodeVerifier(::std::string::String);
    impl ::std::ops::Deref for CodeTradeCodeVerifier {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CodeTradeCodeVerifier> for ::std::string::String {
        fn from(value: CodeTradeCodeVerifier) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CodeTradeCodeVerifier {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 43usize {
                return Err("shorter than 43 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CodeTradeCodeVerifier {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CodeTradeCodeVerifier {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CodeTradeCodeVerifier {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How citizens reach the town hall.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ContactOut {
        ///The e-mail address of the town hall, such as `burgerzaken@deinze.example`.
        pub email: ::std::string::String,
        ///The telephone number of the town hall, to show and to dial.
        pub phone: ::std::string::String,
        ///Web page for appointments.
        pub web: ::std::string::String,
    }
    ///How somebody wants to be told, as they choose it. The e-mail address is not part of it: it is confirmed by a code.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ContactSettingsIn {
        ///Whether announcements of the town come by e-mail.
        pub announcements_by_email: bool,
        ///The language in which they are spoken to where they chose none in the app; absent leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<Language>,
        ///Whether letters are printed large.
        pub large_print: bool,
        ///Whether nothing is told by phone and by e-mail.
        pub never_digital: bool,
        ///Whether an e-mail may say what a message says.
        pub open_email: bool,
        ///Whether what would come on paper is read to them on the telephone as well; absent leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub read_aloud: ::std::option::Option<bool>,
        ///The ways, in their order, each once; a way that is not named is not wanted.
        pub steps: ::std::vec::Vec<Way>,
    }
    ///How somebody wants to be told.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ContactSettingsOut {
        ///Whether announcements of the town come by e-mail.
        pub announcements_by_email: bool,
        ///The address to which nothing is sent any more, and why; absent where there is none. Another that is confirmed takes its place.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dropped_email: ::std::option::Option<DroppedEmailOut>,
        ///The confirmed e-mail address; absent where there is none, or nothing is sent to it any more.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        ///When it was confirmed, an instant in UTC; absent where `email` is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email_confirmed_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        /**The language in which they are spoken to, as they said it at the counter or here; absent where they did not. Who chose one in the app
(`set_preferences`) is spoken to in that one, and who did neither in the one that the register knows.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<Language>,
        ///Whether letters are printed large.
        pub large_print: bool,
        ///Whether they are told nothing by phone and by e-mail: letters, and a call, are all.
        pub never_digital: bool,
        ///Whether an e-mail may say what a message says. Where not, it says that there is a message, and nothing of it.
        pub open_email: bool,
        ///An address whose code did not come back yet; absent where none is waited for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub pending_email: ::std::option::Option<PendingEmailOut>,
        ///Whether what would come on paper is read to them on the telephone as well.
        pub read_aloud: bool,
        ///The ways, in their order; a way that is not named is not wanted. The inbox of the app has everything, whatever stands here.
        pub steps: ::std::vec::Vec<Way>,
    }
    /**What waits for the other's yes.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum DeedKind {
        #[serde(rename = "book")]
        Book,
        #[serde(rename = "move")]
        Move,
    }
    impl ::std::fmt::Display for DeedKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Book => f.write_str("book"),
                Self::Move => f.write_str("move"),
            }
        }
    }
    impl ::std::str::FromStr for DeedKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "book" => Ok(Self::Book),
                "move" => Ok(Self::Move),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for DeedKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DeedKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Something that waits for a yes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DeedOut {
        ///The id of the visit: the one that is held, or the one that would move.
        pub appointment_id: ::uuid::Uuid,
        ///When it was asked, an instant in UTC.
        pub asked_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Whether the citizen asked it: then the other answers, and the citizen can take it back.
        pub asked_by_me: bool,
        ///The id of the deed, a UUID.
        pub id: ::uuid::Uuid,
        ///What was asked: to book a visit, or to move one.
        pub kind: DeedKind,
        ///The name of the location, in the citizen's language.
        pub location: ::std::string::String,
        ///The id of the location.
        pub location_id: ::uuid::Uuid,
        ///When the visit that would move begins now, an instant in UTC; absent where one is to be booked.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moves_from: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///What the other of the two is called: the first given name and the family name; empty for who is in the register no more.
        pub name: ::std::string::String,
        ///The id of the resident whose visit it is.
        pub resident_id: ::uuid::Uuid,
        ///The name of the service, in the citizen's language.
        pub service: ::std::string::String,
        ///The id of the service.
        pub service_id: ::uuid::Uuid,
        ///When the visit would begin, an instant in UTC. It is held until `waits_until`.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Until when it waits, an instant in UTC. Then its start is free again.
        pub waits_until: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///An installation of the app.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DeviceIn {
        ///The version of the app.
        pub app_version: DeviceInAppVersion,
        ///Apple's environment; production where it is left out.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub environment: ::std::option::Option<Environment>,
        /**iOS: the token by which a Live Activity of `TicketAttributes` may be started (`pushToStartTokenUpdates`, iOS 17.2), in hex. With it, each
number that the citizen is given begins on this phone by a push, and the app begins none itself.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_start_token: ::std::option::Option<DeviceInLiveStartToken>,
        ///The language of the app.
        pub locale: Language,
        ///The kind of phone.
        pub platform: Platform,
        ///What a lock screen may show.
        pub preview: Preview,
        /**Android: whether the app keeps a notification for a number and shows in it how the number stands. With it, each number that the
citizen is given is sent to this phone as data of the type `live`. No, where it is left out.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub shows_live: ::std::option::Option<bool>,
        ///The token or id that the provider gave the app.
        pub target: DeviceInTarget,
        ///The kind of target.
        pub target_kind: TargetKind,
    }
    ///The version of the app.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DeviceInAppVersion(::std::string::String);
    impl ::std::ops::Deref for DeviceInAppVersion {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DeviceInAppVersion> for ::std::string::String {
        fn from(value: DeviceInAppVersion) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DeviceInAppVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 50usize {
                return Err("longer than 50 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DeviceInAppVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DeviceInAppVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DeviceInAppVersion {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**iOS: the token by which a Live Activity of `TicketAttributes` may be started (`pushToStartTokenUpdates`, iOS 17.2), in hex. With it, each
number that the citizen is given begins on this phone by a push, and the app begins none itself.*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DeviceInLiveStartToken(::std::string::String);
    impl ::std::ops::Deref for DeviceInLiveStartToken {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DeviceInLiveStartToken> for ::std::string::String {
        fn from(value: DeviceInLiveStartToken) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DeviceInLiveStartToken {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1000usize {
                return Err("longer than 1000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^([0-9A-Fa-f]{2})+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^([0-9A-Fa-f]{2})+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DeviceInLiveStartToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DeviceInLiveStartToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DeviceInLiveStartToken {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The token or id that the provider gave the app.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DeviceInTarget(::std::string::String);
    impl ::std::ops::Deref for DeviceInTarget {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DeviceInTarget> for ::std::string::String {
        fn from(value: DeviceInTarget) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DeviceInTarget {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1000usize {
                return Err("longer than 1000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9:_.=/+-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9:_.=/+-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DeviceInTarget {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DeviceInTarget {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DeviceInTarget {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A device of the citizen.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DeviceOut {
        ///The version of its app.
        pub app_version: ::std::string::String,
        ///The id of the app's installation, which the app made when it registered.
        pub installation_id: ::uuid::Uuid,
        ///The language of its app.
        pub locale: ::std::string::String,
        ///The kind of phone: `ios` or `android`.
        pub platform: ::std::string::String,
        ///What its lock screen shows: `neutral` (a message has come) or `full` (what it is about).
        pub preview: ::std::string::String,
        ///When it last registered.
        pub registered_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///`active`, or `quarantined` when its provider does not know its token: register again.
        pub state: ::std::string::String,
    }
    ///A document.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DocumentOut {
        ///The day of the visit booked for it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///What the citizen brings to the town hall, one sentence in their language.
        pub bring: ::std::string::String,
        ///The first name of the child whose it is; absent for the citizen's own.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub child: ::std::option::Option<::std::string::String>,
        ///The last day on which it is good; absent where it has no end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///How it is renewed.
        pub how_to_renew: ::std::string::String,
        ///The id of the document, a UUID that stays the same.
        pub id: ::uuid::Uuid,
        ///The day it was issued.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub issued_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///Its kind, such as `eid`, `kids_id`, `passport`. An app shows kinds it does not know by `name`.
        pub kind: ::std::string::String,
        ///What it is called, in the citizen's language.
        pub name: ::std::string::String,
        ///The last characters of its number.
        pub number_end: ::std::string::String,
        ///Since when a new one lies ready.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ready_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///How it stands today.
        pub state: Standing,
        ///How long it takes.
        pub takes: ::std::string::String,
    }
    /**Why nothing is sent to an e-mail address any more.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Dropped {
        #[serde(rename = "bounced")]
        Bounced,
        #[serde(rename = "complained")]
        Complained,
    }
    impl ::std::fmt::Display for Dropped {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Bounced => f.write_str("bounced"),
                Self::Complained => f.write_str("complained"),
            }
        }
    }
    impl ::std::str::FromStr for Dropped {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "bounced" => Ok(Self::Bounced),
                "complained" => Ok(Self::Complained),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Dropped {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Dropped {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An e-mail address to which nothing is sent any more.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DroppedEmailOut {
        ///Since when nothing is sent to it, an instant in UTC.
        pub at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The address, as it was confirmed.
        pub email: ::std::string::String,
        ///Why nothing is sent to it any more.
        pub why: Dropped,
    }
    ///The code that was sent to an e-mail address.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EmailCode {
        ///The six digits of the e-mail.
        pub code: EmailCodeCode,
    }
    ///The six digits of the e-mail.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct EmailCodeCode(::std::string::String);
    impl ::std::ops::Deref for EmailCodeCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<EmailCodeCode> for ::std::string::String {
        fn from(value: EmailCodeCode) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for EmailCodeCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]{6}$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]{6}$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for EmailCodeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for EmailCodeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for EmailCodeCode {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///An e-mail address that shall be confirmed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EmailStart {
        ///The e-mail address that is to be theirs.
        pub email: EmailStartEmail,
    }
    ///The e-mail address that is to be theirs.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct EmailStartEmail(::std::string::String);
    impl ::std::ops::Deref for EmailStartEmail {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<EmailStartEmail> for ::std::string::String {
        fn from(value: EmailStartEmail) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for EmailStartEmail {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 254usize {
                return Err("longer than 254 characters".into());
            }
            if value.chars().count() < 3usize {
                return Err("shorter than 3 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for EmailStartEmail {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for EmailStartEmail {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for EmailStartEmail {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A code is on its way.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EmailStarted {
        ///The address, in the form in which it is kept.
        pub email: ::std::string::String,
        ///Until when the code is good, an instant in UTC.
        pub until: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///For which of Apple's environments the app was built.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Environment {
        #[serde(rename = "production")]
        Production,
        #[serde(rename = "sandbox")]
        Sandbox,
    }
    impl ::std::fmt::Display for Environment {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Production => f.write_str("production"),
                Self::Sandbox => f.write_str("sandbox"),
            }
        }
    }
    impl ::std::str::FromStr for Environment {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "production" => Ok(Self::Production),
                "sandbox" => Ok(Self::Sandbox),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Environment {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Environment {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Where the phone is. It is compared with where the location is, and not kept.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Here {
        ///WGS84; needed where the location says where it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub latitude: ::std::option::Option<f64>,
        ///The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longitude: ::std::option::Option<f64>,
    }
    ///What changed in the inbox and the archive.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InboxChanges {
        ///Keep it, and send it as `cursor` the next time.
        pub cursor: ::std::string::String,
        ///Messages from before this instant in UTC are not kept any more: remove them.
        pub kept_since: ::chrono::DateTime<::chrono::offset::Utc>,
        /**The messages that are new or changed since, each as it is now: put each in the place of the one with its id, in the archive where it
has `archived_at`. One may be here that you know already.*/
        pub messages: ::std::vec::Vec<MessageOut>,
        ///Whether there is more by now: ask again with this cursor.
        pub more: bool,
    }
    /**A language that the app and its messages speak.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Language {
        #[serde(rename = "nl")]
        Nl,
        #[serde(rename = "fr")]
        Fr,
        #[serde(rename = "de")]
        De,
        #[serde(rename = "en")]
        En,
    }
    impl ::std::fmt::Display for Language {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Nl => f.write_str("nl"),
                Self::Fr => f.write_str("fr"),
                Self::De => f.write_str("de"),
                Self::En => f.write_str("en"),
            }
        }
    }
    impl ::std::str::FromStr for Language {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "nl" => Ok(Self::Nl),
                "fr" => Ok(Self::Fr),
                "de" => Ok(Self::De),
                "en" => Ok(Self::En),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Language {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Language {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The oldest version of an app that is still to be used. An older one says so, leads to the store, and shows only what it kept.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LeastVersionOut {
        ///The app's page in its store, `https`.
        pub store: ::std::string::String,
        ///Up to four numbers with points between, such as `2.1.0`; they are compared number by number.
        pub version: ::std::string::String,
    }
    /**How sure the identity provider is of who signed in: the levels of assurance of eIDAS (Regulation 910/2014,
article 8). What a provider says is mapped by configuration; what is not mapped is low.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Level {
        #[serde(rename = "low")]
        Low,
        #[serde(rename = "substantial")]
        Substantial,
        #[serde(rename = "high")]
        High,
    }
    impl ::std::fmt::Display for Level {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Low => f.write_str("low"),
                Self::Substantial => f.write_str("substantial"),
                Self::High => f.write_str("high"),
            }
        }
    }
    impl ::std::str::FromStr for Level {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "low" => Ok(Self::Low),
                "substantial" => Ok(Self::Substantial),
                "high" => Ok(Self::High),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Level {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Level {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListMandatesCursor`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListMandatesCursor(::std::string::String);
    impl ::std::ops::Deref for ListMandatesCursor {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListMandatesCursor> for ::std::string::String {
        fn from(value: ListMandatesCursor) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListMandatesCursor {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 2000usize {
                return Err("longer than 2000 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMandatesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMandatesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListMandatesCursor {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`ListMandatesSearch`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListMandatesSearch(::std::string::String);
    impl ::std::ops::Deref for ListMandatesSearch {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListMandatesSearch> for ::std::string::String {
        fn from(value: ListMandatesSearch) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListMandatesSearch {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMandatesSearch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMandatesSearch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListMandatesSearch {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`ListMessageChangesCursor`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListMessageChangesCursor(::std::string::String);
    impl ::std::ops::Deref for ListMessageChangesCursor {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListMessageChangesCursor> for ::std::string::String {
        fn from(value: ListMessageChangesCursor) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListMessageChangesCursor {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMessageChangesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMessageChangesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListMessageChangesCursor {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`ListMessagesCursor`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListMessagesCursor(::std::string::String);
    impl ::std::ops::Deref for ListMessagesCursor {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListMessagesCursor> for ::std::string::String {
        fn from(value: ListMessagesCursor) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListMessagesCursor {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMessagesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMessagesCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListMessagesCursor {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`ListMyAuditCursor`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListMyAuditCursor(::std::string::String);
    impl ::std::ops::Deref for ListMyAuditCursor {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListMyAuditCursor> for ::std::string::String {
        fn from(value: ListMyAuditCursor) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListMyAuditCursor {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListMyAuditCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListMyAuditCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListMyAuditCursor {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`ListPastAppointmentsCursor`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ListPastAppointmentsCursor(::std::string::String);
    impl ::std::ops::Deref for ListPastAppointmentsCursor {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ListPastAppointmentsCursor> for ::std::string::String {
        fn from(value: ListPastAppointmentsCursor) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ListPastAppointmentsCursor {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ListPastAppointmentsCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListPastAppointmentsCursor {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ListPastAppointmentsCursor {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///By which iOS lets a Live Activity be updated.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LiveIn {
        ///The activity's push token (`pushTokenUpdates`), in hex. Say each new one that iOS gives.
        pub token: LiveInToken,
    }
    ///The activity's push token (`pushTokenUpdates`), in hex. Say each new one that iOS gives.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct LiveInToken(::std::string::String);
    impl ::std::ops::Deref for LiveInToken {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<LiveInToken> for ::std::string::String {
        fn from(value: LiveInToken) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for LiveInToken {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1000usize {
                return Err("longer than 1000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^([0-9A-Fa-f]{2})+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^([0-9A-Fa-f]{2})+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for LiveInToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for LiveInToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for LiveInToken {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A location: when it is open, and how long one waits.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LocationOut {
        ///How it can be entered, in the citizen's language.
        pub accessibility: ::std::string::String,
        ///The address, to show and to look up on a map; empty where one does not go there.
        pub address: ::std::string::String,
        ///When it is closed for a sudden reason, now or later.
        pub closures: ::std::vec::Vec<OpenOut>,
        ///The times of the days of the next month that are unlike their weekday, in order: holidays and sudden closings too.
        pub exceptions: ::std::vec::Vec<UnlikeOut>,
        ///The id of the location, a UUID.
        pub id: ::uuid::Uuid,
        ///Whether it is open now, and receives people.
        pub is_open: bool,
        ///Whether it would be open now, and is interrupted for a moment: nobody is called, and no numbers are given.
        pub is_stopped: bool,
        ///`town_hall`, `home`, `telephone` or `video`.
        pub kind: ::std::string::String,
        ///The latitude of the location, in degrees (WGS84); absent where it is not known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub latitude: ::std::option::Option<f64>,
        ///The longitude of the location, in degrees (WGS84); absent where it is not known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longitude: ::std::option::Option<f64>,
        ///Its name, in the citizen's language.
        pub name: ::std::string::String,
        ///When it is open, today and on the six days after, sudden closings taken out; in order.
        pub opening: ::std::vec::Vec<OpenOut>,
        ///When it opens next; absent while it is open or interrupted, and where nobody knows.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub opens_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///The telephone number of the town.
        pub phone: ::std::string::String,
        ///The hours of today, from 0 to 23, in which one usually waits little; empty where that is not known, or one never waits long.
        pub quiet_hours: ::std::vec::Vec<i64>,
        ///What is served there.
        pub services: ::std::vec::Vec<ServedOut>,
        ///How many wait there now.
        pub waiting: i64,
        ///How long one waited today; absent while too few were called.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub waits: ::std::option::Option<WaitsOut>,
    }
    ///A time in which everything else is answered 503 (`maintenance`). An app says so before and meanwhile, and shows what it kept.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MaintenanceOut {
        ///When it begins, an instant in UTC; it goes on where that is past.
        pub from: ::chrono::DateTime<::chrono::offset::Utc>,
        ///When it ends, an instant in UTC.
        pub until: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///What somebody would do for the citizen who told them a code.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandateAsk {
        ///The code, eight digits.
        pub code: MandateAskCode,
        ///The kinds of things that the holder may do it with.
        pub kinds: ::std::vec::Vec<MandateKind>,
        ///How far it is to go. With a mandate to assist, what the helper books or moves waits for the citizen's yes (`list_deeds`).
        pub mode: MandateMode,
        ///Its last day, at most 24 months from today. It begins when it is accepted.
        pub until_on: ::chrono::naive::NaiveDate,
        ///What they would do, each of them with each of `kinds`.
        pub verbs: ::std::vec::Vec<MandateVerb>,
    }
    ///The code, eight digits.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct MandateAskCode(::std::string::String);
    impl ::std::ops::Deref for MandateAskCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<MandateAskCode> for ::std::string::String {
        fn from(value: MandateAskCode) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for MandateAskCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8usize {
                return Err("longer than 8 characters".into());
            }
            if value.chars().count() < 8usize {
                return Err("shorter than 8 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateAskCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateAskCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for MandateAskCode {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A mandate that was asked for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandateAskedOut {
        ///The id of the mandate, a UUID.
        pub id: ::uuid::Uuid,
    }
    /**By what somebody acts for somebody else.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateBasis {
        #[serde(rename = "parent")]
        Parent,
        #[serde(rename = "given")]
        Given,
        #[serde(rename = "court_person")]
        CourtPerson,
        #[serde(rename = "court_goods")]
        CourtGoods,
        #[serde(rename = "care_proxy")]
        CareProxy,
        #[serde(rename = "counter_once")]
        CounterOnce,
    }
    impl ::std::fmt::Display for MandateBasis {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Parent => f.write_str("parent"),
                Self::Given => f.write_str("given"),
                Self::CourtPerson => f.write_str("court_person"),
                Self::CourtGoods => f.write_str("court_goods"),
                Self::CareProxy => f.write_str("care_proxy"),
                Self::CounterOnce => f.write_str("counter_once"),
            }
        }
    }
    impl ::std::str::FromStr for MandateBasis {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "parent" => Ok(Self::Parent),
                "given" => Ok(Self::Given),
                "court_person" => Ok(Self::CourtPerson),
                "court_goods" => Ok(Self::CourtGoods),
                "care_proxy" => Ok(Self::CareProxy),
                "counter_once" => Ok(Self::CounterOnce),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateBasis {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateBasis {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A minor child for whom the citizen acts as a parent, by what the register says.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandateChildOut {
        ///The kinds of things that the holder may do it with.
        pub kinds: ::std::vec::Vec<MandateKind>,
        ///The first name of the child.
        pub name: ::std::string::String,
        ///The day on which the child comes of age, and this ends; absent where the register knows no birth date.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub of_age_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///The id of the child, which `Acting-For` takes.
        pub resident_id: ::uuid::Uuid,
        ///What the citizen may do, each of them with each of `kinds`.
        pub verbs: ::std::vec::Vec<MandateVerb>,
    }
    ///A code with which somebody asks the citizen for a mandate.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandateCodeOut {
        ///Eight digits, to be told to who is to act for the citizen. It is good once.
        pub code: ::std::string::String,
        ///Until when it is good, an instant in UTC.
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    /**Why a mandate is over.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateEnd {
        #[serde(rename = "refused")]
        Refused,
        #[serde(rename = "withdrawn")]
        Withdrawn,
        #[serde(rename = "revoked")]
        Revoked,
        #[serde(rename = "staff")]
        Staff,
        #[serde(rename = "date")]
        Date,
        #[serde(rename = "gone")]
        Gone,
    }
    impl ::std::fmt::Display for MandateEnd {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Refused => f.write_str("refused"),
                Self::Withdrawn => f.write_str("withdrawn"),
                Self::Revoked => f.write_str("revoked"),
                Self::Staff => f.write_str("staff"),
                Self::Date => f.write_str("date"),
                Self::Gone => f.write_str("gone"),
            }
        }
    }
    impl ::std::str::FromStr for MandateEnd {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "refused" => Ok(Self::Refused),
                "withdrawn" => Ok(Self::Withdrawn),
                "revoked" => Ok(Self::Revoked),
                "staff" => Ok(Self::Staff),
                "date" => Ok(Self::Date),
                "gone" => Ok(Self::Gone),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateEnd {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateEnd {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**With what a mandate lets its holder do it.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateKind {
        #[serde(rename = "documents")]
        Documents,
        #[serde(rename = "visits")]
        Visits,
        #[serde(rename = "messages")]
        Messages,
        #[serde(rename = "cases")]
        Cases,
    }
    impl ::std::fmt::Display for MandateKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Documents => f.write_str("documents"),
                Self::Visits => f.write_str("visits"),
                Self::Messages => f.write_str("messages"),
                Self::Cases => f.write_str("cases"),
            }
        }
    }
    impl ::std::str::FromStr for MandateKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "documents" => Ok(Self::Documents),
                "visits" => Ok(Self::Visits),
                "messages" => Ok(Self::Messages),
                "cases" => Ok(Self::Cases),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**How far a mandate goes.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateMode {
        #[serde(rename = "represent")]
        Represent,
        #[serde(rename = "assist")]
        Assist,
    }
    impl ::std::fmt::Display for MandateMode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Represent => f.write_str("represent"),
                Self::Assist => f.write_str("assist"),
            }
        }
    }
    impl ::std::str::FromStr for MandateMode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "represent" => Ok(Self::Represent),
                "assist" => Ok(Self::Assist),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A mandate.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandateOut {
        ///When it was accepted, given or confirmed, an instant in UTC; absent where it was not.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub accepted_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///When it was asked for or written down, an instant in UTC.
        pub asked_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///By what one acts for the other.
        pub basis: MandateBasis,
        ///When it was over, an instant in UTC; absent where it is not.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Why it is over; absent where it is not.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended_why: ::std::option::Option<MandateEnd>,
        ///The first day on which it holds.
        pub from_on: ::chrono::naive::NaiveDate,
        ///The id of the mandate, a UUID.
        pub id: ::uuid::Uuid,
        ///The kinds of things that the holder may do it with.
        pub kinds: ::std::vec::Vec<MandateKind>,
        ///How far it goes.
        pub mode: MandateMode,
        ///What the other is called: the first given name and the family name; empty for who is in the register no more.
        pub name: ::std::string::String,
        ///The id of the other of the two. Where the citizen acts for them, `Acting-For` takes it.
        pub resident_id: ::uuid::Uuid,
        ///How it stands. It gives something while it is `active`, from its first day to its last.
        pub state: MandateState,
        ///Its last day; absent for no end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///What may be done, each of them with each of `kinds`.
        pub verbs: ::std::vec::Vec<MandateVerb>,
    }
    ///A page of the citizen's mandates.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MandatePage {
        ///The citizen's minor children, on the first page of those that they hold; empty on all others.
        pub children: ::std::vec::Vec<MandateChildOut>,
        ///The mandates of this page, by the name of the other.
        pub mandates: ::std::vec::Vec<MandateOut>,
        ///Send it as `cursor` for the next page; absent on the last.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///Which of somebody's mandates are listed.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateSide {
        #[serde(rename = "given")]
        Given,
        #[serde(rename = "held")]
        Held,
    }
    impl ::std::fmt::Display for MandateSide {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Given => f.write_str("given"),
                Self::Held => f.write_str("held"),
            }
        }
    }
    impl ::std::str::FromStr for MandateSide {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "given" => Ok(Self::Given),
                "held" => Ok(Self::Held),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateSide {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateSide {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**How a mandate stands.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateState {
        #[serde(rename = "asked")]
        Asked,
        #[serde(rename = "proposed")]
        Proposed,
        #[serde(rename = "active")]
        Active,
        #[serde(rename = "refused")]
        Refused,
        #[serde(rename = "ended")]
        Ended,
    }
    impl ::std::fmt::Display for MandateState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Asked => f.write_str("asked"),
                Self::Proposed => f.write_str("proposed"),
                Self::Active => f.write_str("active"),
                Self::Refused => f.write_str("refused"),
                Self::Ended => f.write_str("ended"),
            }
        }
    }
    impl ::std::str::FromStr for MandateState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "asked" => Ok(Self::Asked),
                "proposed" => Ok(Self::Proposed),
                "active" => Ok(Self::Active),
                "refused" => Ok(Self::Refused),
                "ended" => Ok(Self::Ended),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**What a mandate lets its holder do for somebody else.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MandateVerb {
        #[serde(rename = "see")]
        See,
        #[serde(rename = "be_told")]
        BeTold,
        #[serde(rename = "book")]
        Book,
        #[serde(rename = "ask")]
        Ask,
    }
    impl ::std::fmt::Display for MandateVerb {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::See => f.write_str("see"),
                Self::BeTold => f.write_str("be_told"),
                Self::Book => f.write_str("book"),
                Self::Ask => f.write_str("ask"),
            }
        }
    }
    impl ::std::str::FromStr for MandateVerb {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "see" => Ok(Self::See),
                "be_told" => Ok(Self::BeTold),
                "book" => Ok(Self::Book),
                "ask" => Ok(Self::Ask),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MandateVerb {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MandateVerb {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A message.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MessageOut {
        ///What can be done at once.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<ActionOut>,
        ///When it was archived.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub archived_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///Plain text, paragraphs apart by an empty line.
        pub body: ::std::string::String,
        ///When the message was written, an instant in UTC; lists are in this order.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Where the app goes from here, as a path.
        pub deep_link: ::std::string::String,
        ///Its id; also `message_id` in the push that told of it.
        pub id: ::uuid::Uuid,
        ///What kind of message it is, such as `document_reminder`. An app shows kinds it does not know as plain text.
        pub kind: ::std::string::String,
        ///When it was read.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub read_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///The title of the message: one line of plain text.
        pub title: ::std::string::String,
        ///When the town took it back: show it as what does not hold any more.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub withdrawn_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
    }
    ///A page of messages.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MessagePage {
        ///The messages of this page, the newest first.
        pub messages: ::std::vec::Vec<MessageOut>,
        ///Send it as `cursor` for the next page; absent on the last.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///A municipality that the app may offer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MunicipalityOut {
        ///Which versions of the app are still to be used.
        pub app: AppOut,
        ///How citizens reach the town hall.
        pub contact: ContactOut,
        ///Its key, to be sent when a sign-in starts.
        pub key: MunicipalityOutKey,
        ///The languages of the town, its first first.
        pub languages: ::std::vec::Vec<Language>,
        ///When the server is closed for planned work; absent where none is planned for the next seven days.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub maintenance: ::std::option::Option<MaintenanceOut>,
        ///Its name in each language it has one.
        pub names: ::std::vec::Vec<NameOut>,
        ///Its NIS code (Statbel).
        pub nis_code: ::std::string::String,
        ///Its postcodes; one may belong to several municipalities.
        pub postcodes: ::std::vec::Vec<::std::string::String>,
        ///The ways in which its citizens may sign in, the usual first: names to send as `provider` when a sign-in starts.
        pub providers: ::std::vec::Vec<::std::string::String>,
    }
    ///Its key, to be sent when a sign-in starts.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct MunicipalityOutKey(::std::string::String);
    impl ::std::ops::Deref for MunicipalityOutKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<MunicipalityOutKey> for ::std::string::String {
        fn from(value: MunicipalityOutKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for MunicipalityOutKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for MunicipalityOutKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MunicipalityOutKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for MunicipalityOutKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///An announcement, as its reader has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MyAnnouncementOut {
        ///When what it announces begins.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub begins_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///When what it announces ends, an instant in UTC; absent where that was not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ends_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Its id; also in `deep_link` of the message that told of it.
        pub id: ::uuid::Uuid,
        ///What the image shows, where there is one: fetch it at `/v1/announcements/{id}/image`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub image_text: ::std::option::Option<::std::string::String>,
        ///The language of its text: the reader's, or the town's first that it has.
        pub language: Language,
        ///Where to read more.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub link: ::std::option::Option<::std::string::String>,
        ///Where it happens, as plain text; absent where that was not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub place: ::std::option::Option<::std::string::String>,
        ///When it came out.
        pub published_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Text, in a part of CommonMark: paragraphs, emphasis, lists, and links to `https:`, `mailto:` and `tel:`.
        pub text: ::std::string::String,
        ///The title of the announcement: one line of plain text.
        pub title: ::std::string::String,
        ///What it is about.
        pub topic: ::std::string::String,
        ///Until when it is worth showing.
        pub valid_until: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Whether the town took it back: show it as what does not hold any more.
        pub withdrawn: bool,
    }
    ///What somebody did with the citizen's data.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MyAuditOut {
        ///When it was done, an instant in UTC.
        pub at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The first name of the minor child whose data it was; absent for the citizen's own.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub child: ::std::option::Option<::std::string::String>,
        ///The id of the entry, a UUID.
        pub id: ::uuid::Uuid,
        ///What was done and by whom, in the citizen's language.
        pub what: ::std::string::String,
        ///Why, in the citizen's language; absent where no reason is asked.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub why: ::std::option::Option<::std::string::String>,
    }
    ///A page of the citizen's list.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MyAuditPage {
        ///The entries of this page, the newest first.
        pub entries: ::std::vec::Vec<MyAuditOut>,
        ///Send it as `cursor` for the next page; absent on the last.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///A name in a language.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NameOut {
        ///The language in which the name is written.
        pub language: Language,
        ///The name of the municipality in that language.
        pub name: ::std::string::String,
    }
    /**Who must be there, where a document is a child's.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Needs {
        #[serde(rename = "citizen")]
        Citizen,
        #[serde(rename = "parent")]
        Parent,
        #[serde(rename = "both")]
        Both,
    }
    impl ::std::fmt::Display for Needs {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Citizen => f.write_str("citizen"),
                Self::Parent => f.write_str("parent"),
                Self::Both => f.write_str("both"),
            }
        }
    }
    impl ::std::str::FromStr for Needs {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "citizen" => Ok(Self::Citizen),
                "parent" => Ok(Self::Parent),
                "both" => Ok(Self::Both),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Needs {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Needs {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What somebody without an appointment comes for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NumberWish {
        ///WGS84, of the phone; needed where the location says where it is. It is not kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub latitude: ::std::option::Option<f64>,
        ///The location where the citizen stands, an `id` of `locations` from `GET /v1/services`.
        pub location_id: ::uuid::Uuid,
        ///The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longitude: ::std::option::Option<f64>,
        ///How many came; one if it is not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub persons: ::std::option::Option<::std::num::NonZeroU64>,
        ///The service that the citizen comes for, an `id` from `GET /v1/services`.
        pub service_id: ::uuid::Uuid,
    }
    ///What a town offers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OfferOut {
        ///The locations where services can be booked.
        pub locations: ::std::vec::Vec<PlaceOut>,
        ///What can be booked.
        pub services: ::std::vec::Vec<ServiceOut>,
    }
    ///A time at which a location is open.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OpenOut {
        ///The instant from which it is open, in UTC.
        pub from: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Up to this one.
        pub until: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///A passkey that was added.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyAdded {
        ///The id of the passkey.
        pub id: ::uuid::Uuid,
    }
    ///What to ask the phone for a new passkey.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyCreation {
        ///The challenge, in base64url: 32 bytes. It is good once, in this session.
        pub challenge: ::std::string::String,
        ///The ids of the citizen's passkeys, in base64url: a phone that has one of them needs no other.
        pub exclude_credential_ids: ::std::vec::Vec<::std::string::String>,
        ///Until when it is good, an instant in UTC.
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///All of it as one JSON text (`PublicKeyCredentialCreationOptionsJSON`), as Android's Credential Manager and browsers take it.
        pub request_json: ::std::string::String,
        ///The relying party: the domain for which the app has `webcredentials`.
        pub rp_id: ::std::string::String,
        ///The user handle, in base64url: 32 bytes that say nothing about the citizen.
        pub user_id: ::std::string::String,
        ///The name under which the phone keeps it: the municipality's.
        pub user_name: ::std::string::String,
    }
    ///What a passkey is called.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyName {
        ///What the citizen calls it, such as "Pixel 9 of Anna".
        pub name: PasskeyNameName,
    }
    ///What the citizen calls it, such as "Pixel 9 of Anna".
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeyNameName(::std::string::String);
    impl ::std::ops::Deref for PasskeyNameName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeyNameName> for ::std::string::String {
        fn from(value: PasskeyNameName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeyNameName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeyNameName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeyNameName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeyNameName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A passkey that the phone made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyNew {
        ///`response.attestationObject` of the answer, in base64url without padding.
        pub attestation_object: PasskeyNewAttestationObject,
        ///`response.clientDataJSON` of the answer, in base64url without padding.
        pub client_data_json: PasskeyNewClientDataJson,
        ///What the citizen calls it, such as "Pixel 9 of Anna".
        pub name: PasskeyNewName,
    }
    ///`response.attestationObject` of the answer, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeyNewAttestationObject(::std::string::String);
    impl ::std::ops::Deref for PasskeyNewAttestationObject {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeyNewAttestationObject> for ::std::string::String {
        fn from(value: PasskeyNewAttestationObject) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeyNewAttestationObject {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8000usize {
                return Err("longer than 8000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeyNewAttestationObject {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeyNewAttestationObject {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeyNewAttestationObject {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`response.clientDataJSON` of the answer, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeyNewClientDataJson(::std::string::String);
    impl ::std::ops::Deref for PasskeyNewClientDataJson {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeyNewClientDataJson> for ::std::string::String {
        fn from(value: PasskeyNewClientDataJson) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeyNewClientDataJson {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8000usize {
                return Err("longer than 8000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeyNewClientDataJson {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeyNewClientDataJson {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeyNewClientDataJson {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///What the citizen calls it, such as "Pixel 9 of Anna".
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeyNewName(::std::string::String);
    impl ::std::ops::Deref for PasskeyNewName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeyNewName> for ::std::string::String {
        fn from(value: PasskeyNewName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeyNewName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeyNewName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeyNewName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeyNewName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A passkey of the citizen.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyOut {
        ///When it was added, an instant in UTC.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///What its authenticator calls it (`credential.id`), in base64url.
        pub credential_id: ::std::string::String,
        ///The id of the passkey, which `PUT` and `DELETE /v1/passkeys/{passkey_id}` take.
        pub id: ::uuid::Uuid,
        ///When the citizen last stepped up with it; absent where they never did.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_used_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///The level that it gives now; absent where it gives none until the citizen was at the identity provider again.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub level: ::std::option::Option<Level>,
        ///Until when it gives that level, an instant in UTC: the identity provider must be seen again by then. Absent where `level` is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub level_until: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///What the citizen calls it.
        pub name: ::std::string::String,
        ///Whether the system may copy it to other devices of the citizen. One that is copied gives `substantial` at most.
        pub synced: bool,
    }
    ///What to ask the phone to sign.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyRequest {
        ///The ids of the passkeys that give the level, in base64url; never none.
        pub allow_credential_ids: ::std::vec::Vec<::std::string::String>,
        ///The challenge, in base64url: 32 bytes. It is good once, in this session.
        pub challenge: ::std::string::String,
        ///Until when it is good, an instant in UTC.
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///All of it as one JSON text (`PublicKeyCredentialRequestOptionsJSON`), as Android's Credential Manager and browsers take it.
        pub request_json: ::std::string::String,
        ///The relying party: the domain for which the app has `webcredentials`.
        pub rp_id: ::std::string::String,
    }
    ///What the phone signed with a passkey.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeySigned {
        ///`response.authenticatorData` of the answer, in base64url without padding.
        pub authenticator_data: PasskeySignedAuthenticatorData,
        ///`response.clientDataJSON` of the answer, in base64url without padding.
        pub client_data_json: PasskeySignedClientDataJson,
        ///`id` of the answer: which passkey it was, in base64url without padding.
        pub credential_id: PasskeySignedCredentialId,
        ///`response.signature` of the answer, in base64url without padding.
        pub signature: PasskeySignedSignature,
        ///`response.userHandle` of the answer, in base64url without padding; left out where there is none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user_handle: ::std::option::Option<PasskeySignedUserHandle>,
    }
    ///`response.authenticatorData` of the answer, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeySignedAuthenticatorData(::std::string::String);
    impl ::std::ops::Deref for PasskeySignedAuthenticatorData {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeySignedAuthenticatorData> for ::std::string::String {
        fn from(value: PasskeySignedAuthenticatorData) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeySignedAuthenticatorData {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8000usize {
                return Err("longer than 8000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeySignedAuthenticatorData {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for PasskeySignedAuthenticatorData {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeySignedAuthenticatorData {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`response.clientDataJSON` of the answer, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeySignedClientDataJson(::std::string::String);
    impl ::std::ops::Deref for PasskeySignedClientDataJson {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeySignedClientDataJson> for ::std::string::String {
        fn from(value: PasskeySignedClientDataJson) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeySignedClientDataJson {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8000usize {
                return Err("longer than 8000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeySignedClientDataJson {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeySignedClientDataJson {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeySignedClientDataJson {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`id` of the answer: which passkey it was, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeySignedCredentialId(::std::string::String);
    impl ::std::ops::Deref for PasskeySignedCredentialId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeySignedCredentialId> for ::std::string::String {
        fn from(value: PasskeySignedCredentialId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeySignedCredentialId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1400usize {
                return Err("longer than 1400 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeySignedCredentialId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeySignedCredentialId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeySignedCredentialId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`response.signature` of the answer, in base64url without padding.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeySignedSignature(::std::string::String);
    impl ::std::ops::Deref for PasskeySignedSignature {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeySignedSignature> for ::std::string::String {
        fn from(value: PasskeySignedSignature) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeySignedSignature {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 8000usize {
                return Err("longer than 8000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeySignedSignature {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeySignedSignature {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeySignedSignature {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`response.userHandle` of the answer, in base64url without padding; left out where there is none.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct PasskeySignedUserHandle(::std::string::String);
    impl ::std::ops::Deref for PasskeySignedUserHandle {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<PasskeySignedUserHandle> for ::std::string::String {
        fn from(value: PasskeySignedUserHandle) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for PasskeySignedUserHandle {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for PasskeySignedUserHandle {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasskeySignedUserHandle {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PasskeySignedUserHandle {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///What a citizen would step up to with a passkey.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeyWish {
        ///The level that was asked: `required_level` of the refusal.
        pub level: Level,
    }
    ///The citizen's passkeys.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasskeysOut {
        ///Whether this installation takes passkeys. Where it does not, those that there are can be removed, and nothing else.
        pub available: bool,
        ///Those that there are, the first added first.
        pub passkeys: ::std::vec::Vec<PasskeyOut>,
    }
    ///A page of visits that are over or off.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PastPage {
        ///The visits of this page, the latest first.
        pub appointments: ::std::vec::Vec<AppointmentOut>,
        ///Send it as `cursor` for the next page; absent on the last.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///An e-mail address to which a code was sent that did not come back yet.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PendingEmailOut {
        ///Whether the address does not exist: no code arrives there.
        pub bounced: bool,
        ///The address that a code was sent to.
        pub email: ::std::string::String,
        ///Until when the code is good, an instant in UTC.
        pub until: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///Where visits take place.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PlaceOut {
        ///How it can be entered.
        pub accessibility: ::std::string::String,
        ///The address, to show and to look up on a map. Of a `video` visit, its own link, which is nobody else's; where no visit is, empty.
        pub address: ::std::string::String,
        ///The id of the location, which bookings and starts name as `location_id`.
        pub id: ::uuid::Uuid,
        ///`town_hall`, `home`, `telephone` or `video`.
        pub kind: ::std::string::String,
        ///The latitude of the location, in degrees (WGS84); absent where it is not known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub latitude: ::std::option::Option<f64>,
        ///The longitude of the location, in degrees (WGS84); absent where it is not known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longitude: ::std::option::Option<f64>,
        ///Its name, in the citizen's language.
        pub name: ::std::string::String,
        ///When it is open, today and on the six days after, sudden closings taken out; in order. Absent beside a visit.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub opening: ::std::vec::Vec<OpenOut>,
    }
    ///The kind of phone.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Platform {
        #[serde(rename = "ios")]
        Ios,
        #[serde(rename = "android")]
        Android,
    }
    impl ::std::fmt::Display for Platform {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Ios => f.write_str("ios"),
                Self::Android => f.write_str("android"),
            }
        }
    }
    impl ::std::str::FromStr for Platform {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ios" => Ok(Self::Ios),
                "android" => Ok(Self::Android),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Platform {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Platform {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What the citizen chose about being disturbed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PreferencesBody {
        ///The language of messages.
        pub language: Language,
        ///Kinds of news that do not disturb, whatever their importance; they are in the inbox all the same.
        pub muted: ::std::vec::Vec<Category>,
        ///Minutes after midnight of the town's clock from which the phone keeps still.
        pub quiet_from: i32,
        ///Until then; the same as `quiet_from` for no quiet hours.
        pub quiet_until: i32,
    }
    ///What a lock screen may show.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Preview {
        #[serde(rename = "neutral")]
        Neutral,
        #[serde(rename = "full")]
        Full,
    }
    impl ::std::fmt::Display for Preview {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Neutral => f.write_str("neutral"),
                Self::Full => f.write_str("full"),
            }
        }
    }
    impl ::std::str::FromStr for Preview {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "neutral" => Ok(Self::Neutral),
                "full" => Ok(Self::Full),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Preview {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Preview {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What went wrong, for the app and its developers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Problem {
        ///The stable code; see the list in the mobile contract.
        pub code: ::std::string::String,
        ///What exactly, where it helps. Never personal data.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///With `edited_meanwhile` of a plan and `batch_printed`: when they did it, an instant in UTC; absent where that is not kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub edited_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        /**With `edited_meanwhile` of a plan, `batch_printed`, `closed_differently` and a call that a colleague has: the name of that member of staff; absent
where it is not kept.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub edited_by: ::std::option::Option<::std::string::String>,
        ///The field or parameter at fault.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub field: ::std::option::Option<::std::string::String>,
        ///With `slot_taken`, `slot_not_offered` and `hold_lapsed`: starts that are free near it, the nearest first.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub free_near: ::std::vec::Vec<::chrono::DateTime<::chrono::offset::Utc>>,
        ///With `upload_offset`: where the upload is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub offset: ::std::option::Option<i64>,
        /**Which of the faults that a field can have, as a stable word (`missing`, `passed`, `crosses`), where an app says it in words of
its own; absent where there is but one.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        ///Leads to the log of this request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<::std::string::String>,
        ///With `level_too_low` and `sign_in_too_old`: how sure the provider must be.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub required_level: ::std::option::Option<Level>,
        ///With `too_many_requests`: how many seconds to wait; `Retry-After` says the same.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub retry_after_seconds: ::std::option::Option<i64>,
        ///The HTTP status, again.
        pub status: i32,
        ///With `would_strand`: the visits that could not take place, the earliest first; a thousand at most.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub stranded: ::std::vec::Vec<StrandedVisit>,
        ///With `would_strand`: how many there are, also those that `stranded` does not name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub stranded_count: ::std::option::Option<i64>,
        ///One English line for developers.
        pub title: ::std::string::String,
        ///The code's own: `/problems#` and the code, where the server says what it means. An app looks at `code`.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    /**Whoever is signed in, as the town knows them. Birth date, address, children and contact settings are absent where `level` is lower than
`private_level`; a step up (`POST /v1/sessions/current/step-up`) shows them.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProfileOut {
        ///The address, as the register has it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub address: ::std::option::Option<AddressOut>,
        ///The birth date, such as `1985-05-05`; also absent where the register does not know it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub birth_date: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///The first given name, to greet them with; the family name where there is none.
        pub call_name: ::std::string::String,
        ///The minor children whose parent they are by the register, the eldest first; an empty list where there are none.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub children: ::std::vec::Vec<ChildOut>,
        ///How they want to be told, as `/v1/contact-settings` has it. Where `dropped_email` is there, say so: nothing reaches them by e-mail.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contact: ::std::option::Option<ContactSettingsOut>,
        ///The family name, as the register writes it.
        pub family_name: ::std::string::String,
        ///All given names; empty where there are none.
        pub given_names: ::std::string::String,
        ///Whether a phone of theirs would show a message now; false where notifications are off or no device is registered.
        pub has_phone: bool,
        ///The level of assurance of this sign-in.
        pub level: Level,
        ///The municipality of which they are a resident.
        pub municipality: MunicipalityOut,
        ///The language in which they are spoken to, and when and with what they are disturbed, as `/v1/preferences` has it.
        pub preferences: PreferencesBody,
        ///The level that the municipality asks for what is private.
        pub private_level: Level,
    }
    /**A visit that is proposed for some documents. To book it (`book_appointment`): `service_id` is `service.id`, `location_id` and `starts_at` are
those of one of `starts`, `persons`, `companions` and `document_ids` are as they stand here, and `hold` is the app's to say. Where `needed`
is false or `appointment_on` is there, no visit has to be booked; where `starts` is empty, none is free soon.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProposalOut {
        /**A visit of the citizen's for the same service, to which these documents could be added with `add_to_appointment`; absent where
there is none, or no room.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub addable_appointment_id: ::std::option::Option<::uuid::Uuid>,
        /**The ids of other documents of the citizen's family that are due, and that the same visit could be for: "bring your other child
along?"*/
        pub also_document_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///That visit, where it is the citizen's own.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_id: ::std::option::Option<::uuid::Uuid>,
        ///The day of the visit that is booked for it already, whoever booked it, as the other parent may have.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///The names that a booking must give.
        pub companions: ::std::vec::Vec<::std::string::String>,
        ///The ids of the documents that the visit is for.
        pub document_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///Where: where the citizen usually comes, if there is room.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub location: ::std::option::Option<PlaceOut>,
        ///Whether it takes a visit; false where one comes by to collect what lies ready.
        pub needed: bool,
        ///How many come together.
        pub persons: i64,
        ///The service that these documents take, with its texts in the citizen's language.
        pub service: ServiceOut,
        ///When: two or three starts that are free at this moment, in order.
        pub starts: ::std::vec::Vec<StartOut>,
    }
    ///A refresh token.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RefreshTrade {
        ///The refresh token of the last answer that came. Where the answer to it was lost, it may come again: see `refresh_session`.
        pub refresh_token: RefreshTradeRefreshToken,
    }
    ///The refresh token of the last answer that came. Where the answer to it was lost, it may come again: see `refresh_session`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RefreshTradeRefreshToken(::std::string::String);
    impl ::std::ops::Deref for RefreshTradeRefreshToken {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RefreshTradeRefreshToken> for ::std::string::String {
        fn from(value: RefreshTradeRefreshToken) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RefreshTradeRefreshToken {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RefreshTradeRefreshToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RefreshTradeRefreshToken {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RefreshTradeRefreshToken {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A reminder of a visit that will be sent.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ReminderOut {
        ///When the reminder will be sent, an instant in UTC.
        pub at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///`push` where a phone of the citizen's will show it, `inbox` where it only lies ready in the app.
        pub by: ::std::string::String,
    }
    ///What is served at a location, and when.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ServedOut {
        ///The id of the service, as in `GET /v1/services`.
        pub id: ::uuid::Uuid,
        ///Its name, in the citizen's language.
        pub name: ::std::string::String,
        ///When somebody is there who serves it, today and on the six days after, in order.
        pub opening: ::std::vec::Vec<OpenOut>,
        /**How many minutes one waits who takes a number now; absent while no desk that serves it is manned, and while
it is closed or stopped.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_minutes: ::std::option::Option<i64>,
        ///How many wait now for the desks that serve it.
        pub waiting: i64,
    }
    ///Something that can be booked.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ServiceOut {
        ///What the citizen brings to the visit, in their language.
        pub bring: ::std::string::String,
        ///Whether collecting what was asked for takes a visit of its own; else one comes by.
        pub collecting: bool,
        ///The kinds of document it serves.
        pub document_kinds: ::std::vec::Vec<::std::string::String>,
        ///What it is for.
        pub explanation: ::std::string::String,
        ///How many days ahead it can be booked.
        pub horizon_days: i64,
        ///The id of the service, which bookings name as `service_id`.
        pub id: ::uuid::Uuid,
        ///Minutes before a start at which it can be booked at the latest.
        pub least_notice_minutes: i64,
        ///Minutes of a visit of one person.
        pub minutes: i64,
        ///Minutes for each person more.
        pub minutes_a_person_more: i64,
        ///The most open appointments that a citizen may have for it.
        pub most_open: i64,
        ///The most persons who may come together.
        pub most_persons: i64,
        ///Its name, in the citizen's language.
        pub name: ::std::string::String,
        ///Who must be there, where a document is a child's.
        pub needs: Needs,
    }
    ///A session of the citizen.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SessionOut {
        ///When the session began, an instant in UTC.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Whether it is the one that asks.
        pub current: bool,
        ///What the citizen called the device.
        pub device_name: ::std::string::String,
        ///The id of the session, which `DELETE /v1/sessions/{session_id}` takes.
        pub id: ::uuid::Uuid,
        ///When it was last refreshed; a session in use is refreshed every few minutes.
        pub last_used_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///A sign-in that has begun.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SignInBegun {
        /**Open this in the system browser (RFC 8252). It comes back on the app's link `…/sign-in` with `code`, or with
`error` when the citizen could not be signed in: `stopped` (by the citizen, or it took too long), `not_in_register`,
`level_too_low`, `another_person`, `provider_unavailable` (try later), `provider_misconfigured` (the town must mend it). The
citizen has read why, in their language. Take one that you do not know for `provider_unavailable`.*/
        pub authorization_url: ::std::string::String,
        ///Until when this sign-in can be finished, an instant in UTC; start another after that.
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///What an app says to start a sign-in.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SignInStart {
        ///The app's own PKCE challenge: BASE64URL(SHA-256(verifier)), RFC 7636.
        pub code_challenge: SignInStartCodeChallenge,
        ///What the citizen sees in the list of sessions, such as "Pixel 9 of Anna".
        pub device_name: SignInStartDeviceName,
        /**Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code. It begins with one `/`, and
not with two, nor with `/` and a backslash: those name another host.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub go_on: ::std::option::Option<SignInStartGoOn>,
        ///The installation of the app: a UUID it made at its first start and keeps. Sign-ins of others on this phone end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub installation_id: ::std::option::Option<::uuid::Uuid>,
        ///The language of the app.
        pub language: Language,
        ///The municipality's key, from `list_municipalities`.
        pub municipality: SignInStartMunicipality,
        ///One of the municipality's `providers`; left out, the usual one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub provider: ::std::option::Option<SignInStartProvider>,
    }
    ///The app's own PKCE challenge: BASE64URL(SHA-256(verifier)), RFC 7636.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SignInStartCodeChallenge(::std::string::String);
    impl ::std::ops::Deref for SignInStartCodeChallenge {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SignInStartCodeChallenge> for ::std::string::String {
        fn from(value: SignInStartCodeChallenge) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SignInStartCodeChallenge {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 43usize {
                return Err("longer than 43 characters".into());
            }
            if value.chars().count() < 43usize {
                return Err("shorter than 43 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStartCodeChallenge {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStartCodeChallenge {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SignInStartCodeChallenge {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///What the citizen sees in the list of sessions, such as "Pixel 9 of Anna".
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SignInStartDeviceName(::std::string::String);
    impl ::std::ops::Deref for SignInStartDeviceName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SignInStartDeviceName> for ::std::string::String {
        fn from(value: SignInStartDeviceName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SignInStartDeviceName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStartDeviceName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStartDeviceName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SignInStartDeviceName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code. It begins with one `/`, and
not with two, nor with `/` and a backslash: those name another host.*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SignInStartGoOn(::std::string::String);
    impl ::std::ops::Deref for SignInStartGoOn {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SignInStartGoOn> for ::std::string::String {
        fn from(value: SignInStartGoOn) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SignInStartGoOn {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 300usize {
                return Err("longer than 300 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^/").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^/\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStartGoOn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStartGoOn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SignInStartGoOn {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The municipality's key, from `list_municipalities`.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SignInStartMunicipality(::std::string::String);
    impl ::std::ops::Deref for SignInStartMunicipality {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SignInStartMunicipality> for ::std::string::String {
        fn from(value: SignInStartMunicipality) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SignInStartMunicipality {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStartMunicipality {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStartMunicipality {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SignInStartMunicipality {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///One of the municipality's `providers`; left out, the usual one.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SignInStartProvider(::std::string::String);
    impl ::std::ops::Deref for SignInStartProvider {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SignInStartProvider> for ::std::string::String {
        fn from(value: SignInStartProvider) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SignInStartProvider {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStartProvider {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStartProvider {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SignInStartProvider {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**How a document stands, for the app.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Standing {
        #[serde(rename = "valid")]
        Valid,
        #[serde(rename = "renewal_open")]
        RenewalOpen,
        #[serde(rename = "expiring")]
        Expiring,
        #[serde(rename = "expired")]
        Expired,
    }
    impl ::std::fmt::Display for Standing {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Valid => f.write_str("valid"),
                Self::RenewalOpen => f.write_str("renewal_open"),
                Self::Expiring => f.write_str("expiring"),
                Self::Expired => f.write_str("expired"),
            }
        }
    }
    impl ::std::str::FromStr for Standing {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "valid" => Ok(Self::Valid),
                "renewal_open" => Ok(Self::RenewalOpen),
                "expiring" => Ok(Self::Expiring),
                "expired" => Ok(Self::Expired),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Standing {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Standing {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A start that is free.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct StartOut {
        ///The day that the town's calendar shows then.
        pub day: ::chrono::naive::NaiveDate,
        ///The location of this start; send it along when you book.
        pub location_id: ::uuid::Uuid,
        ///When a visit can begin, an instant in UTC; send it as it is when you book.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///What an app says to sign the same citizen in at a higher level.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct StepUp {
        ///A PKCE challenge of the app's own, as for a sign-in.
        pub code_challenge: StepUpCodeChallenge,
        ///Where the app was: a path of its own, as for a sign-in, which comes back on its link beside the code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub go_on: ::std::option::Option<StepUpGoOn>,
        ///The language of the app.
        pub language: Language,
        ///The level that was asked: `required_level` of the refusal.
        pub level: Level,
    }
    ///A PKCE challenge of the app's own, as for a sign-in.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StepUpCodeChallenge(::std::string::String);
    impl ::std::ops::Deref for StepUpCodeChallenge {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StepUpCodeChallenge> for ::std::string::String {
        fn from(value: StepUpCodeChallenge) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StepUpCodeChallenge {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 43usize {
                return Err("longer than 43 characters".into());
            }
            if value.chars().count() < 43usize {
                return Err("shorter than 43 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[A-Za-z0-9_-]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[A-Za-z0-9_-]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StepUpCodeChallenge {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StepUpCodeChallenge {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StepUpCodeChallenge {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Where the app was: a path of its own, as for a sign-in, which comes back on its link beside the code.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StepUpGoOn(::std::string::String);
    impl ::std::ops::Deref for StepUpGoOn {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StepUpGoOn> for ::std::string::String {
        fn from(value: StepUpGoOn) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StepUpGoOn {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 300usize {
                return Err("longer than 300 characters".into());
            }
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^/").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^/\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StepUpGoOn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StepUpGoOn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StepUpGoOn {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A booked visit that could not take place after a change: which, and never whose.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct StrandedVisit {
        ///The id of the visit, a UUID.
        pub appointment_id: ::uuid::Uuid,
        ///The id of the desk that would receive it.
        pub desk_id: ::uuid::Uuid,
        ///The id of the location where the visit is booked.
        pub location_id: ::uuid::Uuid,
        ///What the citizen says at the desk.
        pub reference: ::std::string::String,
        ///The id of the booked service.
        pub service_id: ::uuid::Uuid,
        ///When the visit is booked, an instant in UTC.
        pub starts_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    ///The kind of target.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TargetKind {
        #[serde(rename = "apns_token")]
        ApnsToken,
        #[serde(rename = "fcm_token")]
        FcmToken,
        #[serde(rename = "fcm_fid")]
        FcmFid,
    }
    impl ::std::fmt::Display for TargetKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::ApnsToken => f.write_str("apns_token"),
                Self::FcmToken => f.write_str("fcm_token"),
                Self::FcmFid => f.write_str("fcm_fid"),
            }
        }
    }
    impl ::std::str::FromStr for TargetKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "apns_token" => Ok(Self::ApnsToken),
                "fcm_token" => Ok(Self::FcmToken),
                "fcm_fid" => Ok(Self::FcmFid),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TargetKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TargetKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///My turn in the queue.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TicketOut {
        ///How many are called before me.
        pub ahead: i64,
        ///My appointment, if I have one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_id: ::std::option::Option<::uuid::Uuid>,
        ///When I checked in or took a number, an instant in UTC.
        pub arrived_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///When I was last called.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub called_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///To which desk I am called.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub desk: ::std::option::Option<::std::string::String>,
        ///When my appointment begins, an instant in UTC; without one, when I was sent on to this service. Absent where neither is so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub due_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///The id of the ticket, a UUID.
        pub id: ::uuid::Uuid,
        ///Whether I wait aside, because the desk asked me to: nobody calls me until a desk takes me back, and `ahead` is 0.
        pub is_parked: bool,
        ///Its name, in the citizen's language.
        pub location: ::std::string::String,
        ///The id of the location where I wait.
        pub location_id: ::uuid::Uuid,
        ///Whether I may still say what I thought of it.
        pub may_answer: bool,
        ///What is called, and what the screen shows.
        pub number: ::std::string::String,
        ///Its name, in the citizen's language.
        pub service: ::std::string::String,
        ///The id of the service that I come for.
        pub service_id: ::uuid::Uuid,
        ///`waiting`, `called`, `serving`, `done`, `missed` or `left`.
        pub state: ::std::string::String,
        ///How long it will be, in minutes, as today goes; absent while no desk that serves it is manned, and while the hall is stopped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_minutes: ::std::option::Option<i64>,
    }
    ///A session's tokens. Keep the refresh token in the keychain.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokensOut {
        ///When the access token lapses, by the server's clock. A phone's may be wrong: refresh where `token_expired` says so, at the latest.
        pub access_expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Send it as `Authorization: Bearer …`.
        pub access_token: ::std::string::String,
        ///How sure the provider was of the citizen. What asks for more answers `level_too_low`.
        pub level: Level,
        /**Trade it for new tokens, once. Where that answer was lost, it may come again, within a minute, and later until a refresh token that was
given for it has been traded itself; after that it ends the session. Whether an access token was used does not count.*/
        pub refresh_token: ::std::string::String,
        ///The id of the session, as the list of sessions shows it.
        pub session_id: ::uuid::Uuid,
    }
    ///A topic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TopicOut {
        ///Whether I follow it: else ordinary announcements on it lie in my inbox, and do not disturb me.
        pub follows: bool,
        ///Its key; the app has its name in each language.
        pub topic: ::std::string::String,
    }
    ///The topics that I follow.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TopicsBody {
        ///These, and no others.
        pub topics: ::std::vec::Vec<TopicsBodyTopicsItem>,
    }
    ///`TopicsBodyTopicsItem`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TopicsBodyTopicsItem(::std::string::String);
    impl ::std::ops::Deref for TopicsBodyTopicsItem {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<TopicsBodyTopicsItem> for ::std::string::String {
        fn from(value: TopicsBodyTopicsItem) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for TopicsBodyTopicsItem {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 40usize {
                return Err("longer than 40 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for TopicsBodyTopicsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TopicsBodyTopicsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for TopicsBodyTopicsItem {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A code that a member of staff was shown.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TrialCode {
        ///The code that the member of staff was shown: eight digits.
        pub code: TrialCodeCode,
    }
    ///The code that the member of staff was shown: eight digits.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct TrialCodeCode(::std::string::String);
    impl ::std::ops::Deref for TrialCodeCode {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<TrialCodeCode> for ::std::string::String {
        fn from(value: TrialCodeCode) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for TrialCodeCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]{8}$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]{8}$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for TrialCodeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TrialCodeCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for TrialCodeCode {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A day that is unlike its weekday.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UnlikeOut {
        ///When it closes that day, in minutes after midnight of the town's clock; absent where it stays closed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub closes: ::std::option::Option<i64>,
        ///The day that is unlike its weekday, of the town's calendar.
        pub day: ::chrono::naive::NaiveDate,
        ///When it opens that day, in minutes after midnight of the town's clock; absent where it stays closed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub opens: ::std::option::Option<i64>,
    }
    ///How many messages were not read.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UnreadOut {
        ///The number on the icon.
        pub unread: i64,
    }
    ///What a citizen knows of a visit that was booked for them at the counter.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct VisitClaim {
        ///The birth date that was given at the counter. One of the two is needed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub birth_date: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///The telephone number that was given at the counter, where no birth date was given; one of Belgium, where it names no country.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<VisitClaimPhone>,
        ///The reference of the visit, as it stands on the slip, or what its code holds.
        pub reference: VisitClaimReference,
    }
    ///The telephone number that was given at the counter, where no birth date was given; one of Belgium, where it names no country.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct VisitClaimPhone(::std::string::String);
    impl ::std::ops::Deref for VisitClaimPhone {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<VisitClaimPhone> for ::std::string::String {
        fn from(value: VisitClaimPhone) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for VisitClaimPhone {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 40usize {
                return Err("longer than 40 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for VisitClaimPhone {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for VisitClaimPhone {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for VisitClaimPhone {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The reference of the visit, as it stands on the slip, or what its code holds.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct VisitClaimReference(::std::string::String);
    impl ::std::ops::Deref for VisitClaimReference {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<VisitClaimReference> for ::std::string::String {
        fn from(value: VisitClaimReference) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for VisitClaimReference {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for VisitClaimReference {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for VisitClaimReference {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for VisitClaimReference {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Somebody whom a visit is for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct VisitSubjectOut {
        ///What to bring for that document, in the citizen's language.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bring: ::std::option::Option<::std::string::String>,
        ///What that document is called, in the citizen's language.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub document: ::std::option::Option<::std::string::String>,
        ///The id of their document, where the visit is for one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub document_id: ::std::option::Option<::uuid::Uuid>,
        ///Whether this is the citizen whose visit it is.
        pub is_me: bool,
        ///What they are called: the first name, or the name that whoever booked gave.
        pub name: ::std::string::String,
    }
    ///Something that is waited for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct WaitingOut {
        ///The visit that an earlier one would take the place of.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_id: ::std::option::Option<::uuid::Uuid>,
        ///From which day on.
        pub from_on: ::chrono::naive::NaiveDate,
        ///The id of the entry of the waiting list, a UUID.
        pub id: ::uuid::Uuid,
        ///Where; everywhere if it is empty.
        pub location_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///What is held for it at the moment: confirm that appointment, or let it go.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub offered_appointment_id: ::std::option::Option<::uuid::Uuid>,
        ///How many persons come together.
        pub persons: i64,
        ///The id of the service that is waited for.
        pub service_id: ::uuid::Uuid,
        ///Up to and with which day.
        pub until_on: ::chrono::naive::NaiveDate,
        ///On which weekdays; on all if it is empty.
        pub weekdays: ::std::vec::Vec<i64>,
    }
    ///What to wait for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct WaitingWish {
        ///The visit that an earlier one would take the place of; absent where there is none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appointment_id: ::std::option::Option<::uuid::Uuid>,
        ///The names of the others, where there is no visit yet and more than one come, as for a booking.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub companions: ::std::vec::Vec<WaitingWishCompanionsItem>,
        ///Where to come to, or whom to ring, where that is needed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub contact: ::std::option::Option<WaitingWishContact>,
        ///The ids of the documents to come for, where there is no visit yet, as for a booking.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub document_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///From which day on; today if it is not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///Where; everywhere if it is empty.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub location_ids: ::std::vec::Vec<::uuid::Uuid>,
        ///How many come, where there is no visit yet; one if it is not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub persons: ::std::option::Option<::std::num::NonZeroU64>,
        ///For what, where there is no visit yet.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub service_id: ::std::option::Option<::uuid::Uuid>,
        ///Up to and with which day; as far as one may book, or up to the visit, if it is not said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until_on: ::std::option::Option<::chrono::naive::NaiveDate>,
        ///On which weekdays, Monday 1 to Sunday 7; on all if it is empty.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub weekdays: ::std::vec::Vec<::std::num::NonZeroU32>,
    }
    ///`WaitingWishCompanionsItem`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WaitingWishCompanionsItem(::std::string::String);
    impl ::std::ops::Deref for WaitingWishCompanionsItem {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WaitingWishCompanionsItem> for ::std::string::String {
        fn from(value: WaitingWishCompanionsItem) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WaitingWishCompanionsItem {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100usize {
                return Err("longer than 100 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for WaitingWishCompanionsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for WaitingWishCompanionsItem {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WaitingWishCompanionsItem {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Where to come to, or whom to ring, where that is needed.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WaitingWishContact(::std::string::String);
    impl ::std::ops::Deref for WaitingWishContact {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WaitingWishContact> for ::std::string::String {
        fn from(value: WaitingWishContact) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WaitingWishContact {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 200usize {
                return Err("longer than 200 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for WaitingWishContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for WaitingWishContact {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WaitingWishContact {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How long those waited who were called today without an appointment.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct WaitsOut {
        ///Minutes: half of them waited no longer.
        pub half: i64,
        ///Minutes: nine in ten of them waited no longer.
        pub nine_in_ten: i64,
    }
    /**A way by which somebody is told.

More values may come. Whoever does not know one takes it as none of these.*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Way {
        #[serde(rename = "push")]
        Push,
        #[serde(rename = "mail")]
        Mail,
        #[serde(rename = "letter")]
        Letter,
    }
    impl ::std::fmt::Display for Way {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Push => f.write_str("push"),
                Self::Mail => f.write_str("mail"),
                Self::Letter => f.write_str("letter"),
            }
        }
    }
    impl ::std::str::FromStr for Way {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "push" => Ok(Self::Push),
                "mail" => Ok(Self::Mail),
                "letter" => Ok(Self::Letter),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Way {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Way {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Why a reminder came.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct WhyOut {
        ///By which rules: one line for each document it speaks of.
        pub rules: ::std::vec::Vec<::std::string::String>,
        ///Where the dates come from, and when they were last told.
        pub sources: ::std::vec::Vec<::std::string::String>,
        ///How to stop such reminders.
        pub stop: ::std::string::String,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Thuisloket for citizens

What a municipality's app may call. Every error is `application/problem+json` with a stable `code`; see `x-problem-codes` of each operation. Times are UTC, dates are the town's. An app ignores fields and enum values that it does not know. What may be left out of a body may also be `null`, which says the same.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap())
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}
impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &() {
        &()
    }
}
impl ClientHooks<()> for &Client {}
#[allow(clippy::all)]
impl Client {
    /**List what was announced to me

The newest first, a hundred at most: what I was told, and what is public and was for where I live now.

Sends a `GET` request to `/v1/announcements`

*/
    pub async fn list_my_announcements<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::vec::Vec<types::MyAnnouncementOut>>,
        Error<ByteStream>,
    > {
        let url = format!("{}/v1/announcements", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_my_announcements",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read an announcement

That I was told, or that is public.

Sends a `GET` request to `/v1/announcements/{announcement_id}`

Arguments:
- `announcement_id`: The id of the announcement, a UUID.
*/
    pub async fn get_my_announcement<'a>(
        &'a self,
        announcement_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::MyAnnouncementOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/announcements/{}", self.baseurl, encode_path(& announcement_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_my_announcement",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Fetch an announcement's image

Where it has one: a JPEG of 1,600 pixels at most.

Sends a `GET` request to `/v1/announcements/{announcement_id}/image`

Arguments:
- `announcement_id`: The id of the announcement, a UUID.
*/
    pub async fn get_my_announcement_image<'a>(
        &'a self,
        announcement_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<ByteStream>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/announcements/{}/image", self.baseurl, encode_path(& announcement_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_my_announcement_image",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::stream(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my visits

Those that are held or booked and not over, the next first; among them for two weeks those from which the citizen was turned away.

Sends a `GET` request to `/v1/appointments`

Arguments:
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_appointments<'a>(
        &'a self,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<
        ResponseValue<::std::vec::Vec<types::AppointmentOut>>,
        Error<ByteStream>,
    > {
        let url = format!("{}/v1/appointments", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_appointments",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Book a visit, or hold its start

A start is one person's: who comes second is told `slot_taken`, and what is free near it. With a mandate to assist it is held and waits for
the other's yes (`list_deeds`): then it is `held` until `held_until`, also where that was not asked.

Sends a `POST` request to `/v1/appointments`

Arguments:
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn book_appointment<'a>(
        &'a self,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentWish,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!("{}/v1/appointments", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "book_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Add a visit that was booked at the counter

For who was not in the register yet when staff booked for them, and has the app now. They know the reference, which stands on the
slip, and the birth date that they gave; or the telephone number, where they gave no birth date: ask for all three, and send what
they fill in. From then on the visit is theirs, with its reminders, as if they had booked it. What does not agree is refused with
`nothing_to_claim`, whatever it is: nobody finds out by it what is booked. Ten tries an hour. Nothing tells the app by itself that
there is a visit to add.

Sends a `POST` request to `/v1/appointments/claim`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn claim_visit<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::VisitClaim,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!("{}/v1/appointments/claim", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "claim_visit",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read one of my visits

Whatever became of it.

Sends a `GET` request to `/v1/appointments/{appointment_id}`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn get_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Cancel a visit

Its start is free at once.

Sends a `DELETE` request to `/v1/appointments/{appointment_id}`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn cancel_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "cancel_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Put a visit in my calendar

As iCalendar. Fetched again, it moves or cancels the same event.

Sends a `GET` request to `/v1/appointments/{appointment_id}/calendar`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn get_appointment_calendar<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<ByteStream>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/calendar", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_appointment_calendar",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::stream(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Check in for a visit

Near the location, from an hour before. Again, it gives the same number.

Sends a `POST` request to `/v1/appointments/{appointment_id}/check-in`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `body`
*/
    pub async fn check_in<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        body: &'a types::Here,
    ) -> Result<ResponseValue<types::TicketOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/check-in", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "check_in",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Confirm what is held

A hold that lapsed is given if its start is still free. With a mandate to assist it stays held, and waits for the other's yes.

Sends a `POST` request to `/v1/appointments/{appointment_id}/confirm`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn confirm_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/confirm", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "confirm_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Add documents to a visit

"Bring your other child along?" It stays where and when it is, and takes as much longer as those who come with it; where no desk
has the time, `slot_taken` tells what is free near it. A document that it is for already stays so.

Sends a `POST` request to `/v1/appointments/{appointment_id}/documents`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn add_to_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentAddition,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/documents", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "add_to_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Hold it for as long again

Once, while it lasts.

Sends a `POST` request to `/v1/appointments/{appointment_id}/extend`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn extend_hold<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/extend", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "extend_hold",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Move a visit

It keeps its reference, and its old slot until it has the new one. With a mandate to assist it stays where it is, and the new start is held
until the other says yes.

Sends a `POST` request to `/v1/appointments/{appointment_id}/move`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn move_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentMove,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/move", self.baseurl, encode_path(& appointment_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "move_appointment",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List who looked at my data

What staff did with the citizen's data and with those of their minor children, and why, and what was done by who acts for them, under
their name; newest first, in the citizen's language.
What the same member of staff looks at again on the same day, on the same screen and for the same reason, is one entry.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/audit`

Arguments:
- `cursor`: `next_cursor` of the page before.
- `limit`: Entries on a page.
*/
    pub async fn list_my_audit<'a>(
        &'a self,
        cursor: Option<&'a types::ListMyAuditCursor>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::MyAuditPage>, Error<ByteStream>> {
        let url = format!("{}/v1/audit", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_my_audit",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read how I am told

By which ways, in which order, and at which e-mail address. Says as well where an address was dropped since mail to it came back.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/contact-settings`

*/
    pub async fn get_contact_settings<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::ContactSettingsOut>, Error<ByteStream>> {
        let url = format!("{}/v1/contact-settings", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_contact_settings",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Choose how I am told

Counts for what is told from now on. What is in the inbox stays there. The e-mail address is changed by `start_email`.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `PUT` request to `/v1/contact-settings`

*/
    pub async fn set_contact_settings<'a>(
        &'a self,
        body: &'a types::ContactSettingsIn,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/contact-settings", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "set_contact_settings",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Begin to confirm an e-mail address

A code of six digits is sent there, which is good for fifteen minutes; three an hour at the most. What is told goes to the address
that was confirmed before, until the code comes back.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/contact-settings/email`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn start_email<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::EmailStart,
    ) -> Result<ResponseValue<types::EmailStarted>, Error<ByteStream>> {
        let url = format!("{}/v1/contact-settings/email", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_email",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Remove my e-mail address

Nothing is sent to it any more, and a code that waits is good for nothing. Where there is no address, that is so already.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `DELETE` request to `/v1/contact-settings/email`

*/
    pub async fn remove_email<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/contact-settings/email", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "remove_email",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Confirm an e-mail address

By the code that was sent there. After five wrong ones it is good for nothing (`email_code_over`): ask for another.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/contact-settings/email/confirm`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn confirm_email<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::EmailCode,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/contact-settings/email/confirm", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "confirm_email",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List what waits for a yes

With a mandate to assist, two decide: what one of them books or moves waits for the other. Listed are those that wait for the citizen,
and those that the citizen asked; those that end first come first on each side.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/deeds`

*/
    pub async fn list_deeds<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::DeedOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/deeds", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_deeds",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Say yes to what waits

It is booked or moved at once, by the rules of this moment, and who asked is told. Where it cannot be any more, it is over
(`hold_lapsed`), and both are told.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/deeds/{deed_id}/accept`

Arguments:
- `deed_id`: The id of the deed, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn accept_deed<'a>(
        &'a self,
        deed_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/deeds/{}/accept", self.baseurl, encode_path(& deed_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "accept_deed",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Say no to what waits

Or take back what the citizen asked. The start is free at once, and the other is told.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/deeds/{deed_id}/refuse`

Arguments:
- `deed_id`: The id of the deed, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn refuse_deed<'a>(
        &'a self,
        deed_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/deeds/{}/refuse", self.baseurl, encode_path(& deed_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "refuse_deed",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my devices

The last registered first.

Sends a `GET` request to `/v1/devices`

*/
    pub async fn list_devices<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::DeviceOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/devices", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_devices",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Register this installation for pushes

At each start, when the token changes, and once a month. The same again changes nothing. A phone that another
citizen used before is theirs no longer.

Sends a `PUT` request to `/v1/devices/{installation_id}`

Arguments:
- `installation_id`: The id of the installation, a UUID.
- `body`
*/
    pub async fn register_device<'a>(
        &'a self,
        installation_id: &'a ::uuid::Uuid,
        body: &'a types::DeviceIn,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/devices/{}", self.baseurl, encode_path(& installation_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "register_device",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Remove one of my devices

It gets no more pushes; its session goes on.

Sends a `DELETE` request to `/v1/devices/{installation_id}`

Arguments:
- `installation_id`: The id of the installation, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn remove_device<'a>(
        &'a self,
        installation_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/devices/{}", self.baseurl, encode_path(& installation_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "remove_device",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my documents

And my minor children's; those that end first first. For somebody else, theirs only: what they may see of their children is not
passed on.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/documents`

Arguments:
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_documents<'a>(
        &'a self,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::DocumentOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/documents", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_documents",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read one of my documents

Or one of a minor child of mine.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/documents/{document_id}`

Arguments:
- `document_id`: The id of the document, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn get_document<'a>(
        &'a self,
        document_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::DocumentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/documents/{}", self.baseurl, encode_path(& document_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_document",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask what visit a document needs

A list of visits, of which most documents need one: the service, who comes, and two or three starts that are free at this moment where
I usually come. Book one with `book_appointment`. Empty where the town serves it otherwise.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/documents/{document_id}/visits`

Arguments:
- `document_id`: The id of the document, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn propose_document_visit<'a>(
        &'a self,
        document_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProposalOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/documents/{}/visits", self.baseurl, encode_path(& document_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "propose_document_visit",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my messages

Newest first, twenty a page if not asked otherwise.

Sends a `GET` request to `/v1/inbox`

Arguments:
- `archived`: True for the archive instead of the inbox.
- `cursor`: `next_cursor` of the page before.
- `limit`: Messages on a page.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_messages<'a>(
        &'a self,
        archived: Option<bool>,
        cursor: Option<&'a types::ListMessagesCursor>,
        limit: Option<::std::num::NonZeroU32>,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::MessagePage>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("archived", &archived))
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_messages",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List what changed among my messages

For an app that keeps them: those that are new, or were read, archived or taken back since it last asked, here or on another phone,
in the order in which that happened. Without a cursor all that is kept. A hundred a page if not asked otherwise.

Sends a `GET` request to `/v1/inbox/changes`

Arguments:
- `cursor`: `cursor` of the look before.
- `limit`: Messages on a page.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_message_changes<'a>(
        &'a self,
        cursor: Option<&'a types::ListMessageChangesCursor>,
        limit: Option<::std::num::NonZeroU32>,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::InboxChanges>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox/changes", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_message_changes",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Count my unread messages

The number on the icon.

Sends a `GET` request to `/v1/inbox/unread-count`

Arguments:
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn count_unread<'a>(
        &'a self,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::UnreadOut>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox/unread-count", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "count_unread",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read one of my messages

Does not mark it as read. Who acts for somebody else cannot mark it: what a holder read, its citizen has still to read.

Sends a `GET` request to `/v1/inbox/{message_id}`

Arguments:
- `message_id`: The id of the message, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn get_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::MessageOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}", self.baseurl, encode_path(& message_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_message",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Archive a message

It leaves the inbox and can be found in the archive.

Sends a `PUT` request to `/v1/inbox/{message_id}/archive`

Arguments:
- `message_id`: The id of the message, a UUID.
*/
    pub async fn archive_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/archive", self.baseurl, encode_path(& message_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "archive_message",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Take a message out of the archive

It is in the inbox again.

Sends a `DELETE` request to `/v1/inbox/{message_id}/archive`

Arguments:
- `message_id`: The id of the message, a UUID.
*/
    pub async fn unarchive_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/archive", self.baseurl, encode_path(& message_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "unarchive_message",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Mark a message as read

Takes its notification off my other devices.

Sends a `PUT` request to `/v1/inbox/{message_id}/read`

Arguments:
- `message_id`: The id of the message, a UUID.
*/
    pub async fn mark_read<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/read", self.baseurl, encode_path(& message_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "mark_read",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Mark a message as unread

It counts again on the icon.

Sends a `DELETE` request to `/v1/inbox/{message_id}/read`

Arguments:
- `message_id`: The id of the message, a UUID.
*/
    pub async fn mark_unread<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/read", self.baseurl, encode_path(& message_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "mark_unread",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask what visits a reminder asks for

As for a document, for all that the reminder speaks of: those who need the same come together, in one longer visit.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/inbox/{message_id}/visits`

Arguments:
- `message_id`: The id of the message, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn propose_message_visits<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProposalOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/visits", self.baseurl, encode_path(& message_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "propose_message_visits",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask why a reminder came

The rule, where the date comes from, and how to stop it.

Sends a `GET` request to `/v1/inbox/{message_id}/why`

Arguments:
- `message_id`: The id of the message, a UUID.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn explain_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::WhyOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/why", self.baseurl, encode_path(& message_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "explain_message",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the locations

Where the town receives people: when it is open, what is served, and how long one waits now.

Sends a `GET` request to `/v1/locations`

*/
    pub async fn list_locations<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::LocationOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/locations", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_locations",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read a location

When it is open, what is served, and how long one waits now.

Sends a `GET` request to `/v1/locations/{location_id}`

Arguments:
- `location_id`: The id of the location, a UUID.
*/
    pub async fn get_location<'a>(
        &'a self,
        location_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::LocationOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/locations/{}", self.baseurl, encode_path(& location_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_location",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my mandates

Those by which others act for the citizen, or those by which the citizen acts for others; by the name of the other, twenty a page if
not asked otherwise. Those that were asked for and not answered are among them.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/mandates`

Arguments:
- `cursor`: `next_cursor` of the page before.
- `limit`: Mandates on a page.
- `over`: True for those that are over, and no others.
- `search`: A part of the other's name.
- `side`: Which of them; left out, those by which others act for the citizen.
*/
    pub async fn list_mandates<'a>(
        &'a self,
        cursor: Option<&'a types::ListMandatesCursor>,
        limit: Option<::std::num::NonZeroU32>,
        over: Option<bool>,
        search: Option<&'a types::ListMandatesSearch>,
        side: Option<types::MandateSide>,
    ) -> Result<ResponseValue<types::MandatePage>, Error<ByteStream>> {
        let url = format!("{}/v1/mandates", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("over", &over))
            .query(&progenitor_client::QueryParam::new("search", &search))
            .query(&progenitor_client::QueryParam::new("side", &side))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_mandates",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask to act for somebody

With the code on their phone. They are told, and it holds when they accept; for two weeks they may. Ten tries an hour.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/mandates`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn ask_mandate<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::MandateAsk,
    ) -> Result<ResponseValue<types::MandateAskedOut>, Error<ByteStream>> {
        let url = format!("{}/v1/mandates", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ask_mandate",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Make a code for who is to act for me

The other enters it in their app with `ask_mandate`; then the citizen accepts or refuses what they ask for. A new one takes the
place of the one before.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/mandates/code`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn create_mandate_code<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::MandateCodeOut>, Error<ByteStream>> {
        let url = format!("{}/v1/mandates/code", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_mandate_code",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**End a mandate

Either of the two may, and who asked for it takes it back so. From then on nobody acts by it; what was booked stays booked. Both are
told. One by an order of a court is ended by staff.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `DELETE` request to `/v1/mandates/{mandate_id}`

Arguments:
- `mandate_id`: The id of the mandate, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn end_mandate<'a>(
        &'a self,
        mandate_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/mandates/{}", self.baseurl, encode_path(& mandate_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "end_mandate",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Accept that somebody acts for me

It holds at once, and they are told.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/mandates/{mandate_id}/accept`

Arguments:
- `mandate_id`: The id of the mandate, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn accept_mandate<'a>(
        &'a self,
        mandate_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/mandates/{}/accept", self.baseurl, encode_path(& mandate_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "accept_mandate",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Refuse that somebody acts for me

They are told.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `POST` request to `/v1/mandates/{mandate_id}/refuse`

Arguments:
- `mandate_id`: The id of the mandate, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn refuse_mandate<'a>(
        &'a self,
        mandate_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/mandates/{}/refuse", self.baseurl, encode_path(& mandate_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "refuse_mandate",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read who I am

As the town knows me: by name, and for who signed in at the level that the town asks for it, with birth date, address and
children.

Sends a `GET` request to `/v1/me`

*/
    pub async fn get_profile<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::ProfileOut>, Error<ByteStream>> {
        let url = format!("{}/v1/me", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_profile",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the municipalities served here

For the first screen of an app that towns share. Needs no sign-in.

Sends a `GET` request to `/v1/municipalities`

*/
    pub async fn list_municipalities<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::vec::Vec<types::MunicipalityOut>>,
        Error<ByteStream>,
    > {
        let url = format!("{}/v1/municipalities", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_municipalities",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my passkeys

And whether this installation takes any.

Sends a `GET` request to `/v1/passkeys`

*/
    pub async fn list_passkeys<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::PasskeysOut>, Error<ByteStream>> {
        let url = format!("{}/v1/passkeys", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_passkeys",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Add a passkey

With what the phone answered. The citizen is told so in their inbox.

Sends a `POST` request to `/v1/passkeys`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn add_passkey<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::PasskeyNew,
    ) -> Result<ResponseValue<types::PasskeyAdded>, Error<ByteStream>> {
        let url = format!("{}/v1/passkeys", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "add_passkey",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Begin to add a passkey

For a citizen who signed in or stepped up at the identity provider in the last minutes, at the level for what is private. Gives what
to ask the phone: `ASAuthorizationPlatformPublicKeyCredentialProvider` on iOS, Credential Manager on Android.

Sends a `POST` request to `/v1/passkeys/challenge`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn start_passkey<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::PasskeyCreation>, Error<ByteStream>> {
        let url = format!("{}/v1/passkeys/challenge", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_passkey",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Name a passkey

As the citizen sees it in their list. What it opens does not change.

Sends a `PUT` request to `/v1/passkeys/{passkey_id}`

Arguments:
- `passkey_id`: The id of the passkey, a UUID.
- `body`
*/
    pub async fn rename_passkey<'a>(
        &'a self,
        passkey_id: &'a ::uuid::Uuid,
        body: &'a types::PasskeyName,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/passkeys/{}", self.baseurl, encode_path(& passkey_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "rename_passkey",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Remove a passkey

For a citizen who signed in or stepped up at the identity provider in the last minutes. They are told so in their inbox. The phone
keeps its half until the citizen removes it there.

Sends a `DELETE` request to `/v1/passkeys/{passkey_id}`

Arguments:
- `passkey_id`: The id of the passkey, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn remove_passkey<'a>(
        &'a self,
        passkey_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/passkeys/{}", self.baseurl, encode_path(& passkey_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "remove_passkey",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my past visits

Those that are over, and those that were booked and are off, whoever cancelled them: the latest first. They are kept for
a while only.

Sends a `GET` request to `/v1/past-appointments`

Arguments:
- `cursor`: `next_cursor` of the page before.
- `limit`: Visits on a page.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_past_appointments<'a>(
        &'a self,
        cursor: Option<&'a types::ListPastAppointmentsCursor>,
        limit: Option<::std::num::NonZeroU32>,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<types::PastPage>, Error<ByteStream>> {
        let url = format!("{}/v1/past-appointments", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_past_appointments",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Read my preferences

Language, quiet hours and what does not disturb me.

Sends a `GET` request to `/v1/preferences`

*/
    pub async fn get_preferences<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::PreferencesBody>, Error<ByteStream>> {
        let url = format!("{}/v1/preferences", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_preferences",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Choose my preferences

Counts at once, also for what waits to be shown: of a kind that is muted nothing more is shown, and what comes due in quiet hours waits for
their end.

Sends a `PUT` request to `/v1/preferences`

*/
    pub async fn set_preferences<'a>(
        &'a self,
        body: &'a types::PreferencesBody,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/preferences", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "set_preferences",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List what can be booked

Services and locations, in the citizen's language.

Sends a `GET` request to `/v1/services`

*/
    pub async fn list_services<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::OfferOut>, Error<ByteStream>> {
        let url = format!("{}/v1/services", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_services",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask for the next free start

At each location that has one, the earliest first. None at which the citizen is at another visit.

Sends a `GET` request to `/v1/services/{service_id}/next`

Arguments:
- `service_id`: The id of the service, a UUID.
- `appointment_id`: The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well.
- `persons`: How many come together, up to the service's `most_persons`; one if it is not said.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_next_free<'a>(
        &'a self,
        service_id: &'a ::uuid::Uuid,
        appointment_id: Option<&'a ::uuid::Uuid>,
        persons: Option<::std::num::NonZeroU64>,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::StartOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/services/{}/next", self.baseurl, encode_path(& service_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new("appointment_id", &appointment_id),
            )
            .query(&progenitor_client::QueryParam::new("persons", &persons))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_next_free",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List free starts

The earliest first, within the days that are asked and the service's horizon: of whole days, some five hundred, of two
months at most. Where there may be more, `x-next-from` says from which day to ask on. None at which the citizen is at another visit.

Sends a `GET` request to `/v1/services/{service_id}/starts`

Arguments:
- `service_id`: The id of the service, a UUID.
- `appointment_id`: The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well.
- `from`: From this day on; today if it is not said.
- `location_id`: At this location only.
- `persons`: How many come together, up to the service's `most_persons`; one if it is not said.
- `until`: Up to and with this day.
- `acting_for`: For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.
*/
    pub async fn list_free_starts<'a>(
        &'a self,
        service_id: &'a ::uuid::Uuid,
        appointment_id: Option<&'a ::uuid::Uuid>,
        from: Option<&'a ::chrono::naive::NaiveDate>,
        location_id: Option<&'a ::uuid::Uuid>,
        persons: Option<::std::num::NonZeroU64>,
        until: Option<&'a ::chrono::naive::NaiveDate>,
        acting_for: Option<&'a ::uuid::Uuid>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::StartOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/services/{}/starts", self.baseurl, encode_path(& service_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = acting_for {
            header_map.append("Acting-For", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new("appointment_id", &appointment_id),
            )
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("location_id", &location_id))
            .query(&progenitor_client::QueryParam::new("persons", &persons))
            .query(&progenitor_client::QueryParam::new("until", &until))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_free_starts",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my sessions

The last used first.

Sends a `GET` request to `/v1/sessions`

*/
    pub async fn list_sessions<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::SessionOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_sessions",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Trade the one-time code for a session

The code came back on the app's link; it is good once and for two minutes. A wrong verifier uses it up, and a code that comes again
ends the session: send an `Idempotency-Key`, so that the same request again is the same.

Sends a `POST` request to `/v1/sessions`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn trade_code<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::CodeTrade,
    ) -> Result<ResponseValue<types::TokensOut>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "trade_code",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**End all my sessions

This one included.

Sends a `DELETE` request to `/v1/sessions`

*/
    pub async fn end_all_sessions<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "end_all_sessions",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Step up with a passkey

With what the phone signed. The same session goes on, with new tokens, at the level that the passkey gives, until `level_until` of
the passkey.

Sends a `POST` request to `/v1/sessions/current/passkey`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn step_up_with_passkey<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::PasskeySigned,
    ) -> Result<ResponseValue<types::TokensOut>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions/current/passkey", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "step_up_with_passkey",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Begin to step up with a passkey

What answers `level_too_low` asks for this, or for `start_step_up`: where no passkey gives the level, this is refused with
`passkey_none`. Gives what to ask the phone.

Sends a `POST` request to `/v1/sessions/current/passkey-challenge`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn start_passkey_step_up<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::PasskeyWish,
    ) -> Result<ResponseValue<types::PasskeyRequest>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions/current/passkey-challenge", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_passkey_step_up",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Step up: sign in at a higher level

What answers `level_too_low` asks for this. The same citizen signs in again at a provider that is surer of them;
trade the code as usual, and the same session goes on, with new tokens. Gives the address to open in the system
browser.

Sends a `POST` request to `/v1/sessions/current/step-up`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn start_step_up<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::StepUp,
    ) -> Result<ResponseValue<types::SignInBegun>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions/current/step-up", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_step_up",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Refresh the session

Gives a new access token and a new refresh token. An answer can be lost: the old refresh token may come again within a minute, and later
until a refresh token that was given for it has been traded itself; whether an access token was used does not count. After that it ends
the session: somebody else may have it. Keep what was given last: once one of several that were given for the same token is traded, or the
old one comes again after the minute, the others end the session.

Sends a `POST` request to `/v1/sessions/refresh`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn refresh_session<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::RefreshTrade,
    ) -> Result<ResponseValue<types::TokensOut>, Error<ByteStream>> {
        let url = format!("{}/v1/sessions/refresh", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "refresh_session",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**End one of my sessions

Its device gets no more pushes. To sign out, end the session whose `current` is true.

Sends a `DELETE` request to `/v1/sessions/{session_id}`

Arguments:
- `session_id`: The id of the session, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn end_session<'a>(
        &'a self,
        session_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/sessions/{}", self.baseurl, encode_path(& session_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "end_session",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Start a sign-in

Gives the address to open in the system browser.

Sends a `POST` request to `/v1/sign-in`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn start_sign_in<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::SignInStart,
    ) -> Result<ResponseValue<types::SignInBegun>, Error<ByteStream>> {
        let url = format!("{}/v1/sign-in", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_sign_in",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List my numbers of today

The last first, with how many are before me and how long it will be.

Sends a `GET` request to `/v1/tickets`

*/
    pub async fn list_tickets<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::TicketOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/tickets", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_tickets",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Take a number

Without an appointment, near a location that is open. Who waits there for that service already gets the same number.

Sends a `POST` request to `/v1/tickets`

*/
    pub async fn take_number<'a>(
        &'a self,
        body: &'a types::NumberWish,
    ) -> Result<ResponseValue<types::TicketOut>, Error<ByteStream>> {
        let url = format!("{}/v1/tickets", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "take_number",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Leave the queue

Before I am called: after that it is `already_called`, and the desk notes by itself that nobody came. An appointment stays booked.

Sends a `DELETE` request to `/v1/tickets/{ticket_id}`

Arguments:
- `ticket_id`: The id of the ticket, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn leave_queue<'a>(
        &'a self,
        ticket_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/tickets/{}", self.baseurl, encode_path(& ticket_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "leave_queue",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Say what I thought of it

Once, after the visit. It is kept without my name.

Sends a `POST` request to `/v1/tickets/{ticket_id}/answer`

Arguments:
- `ticket_id`: The id of the ticket, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn answer_visit<'a>(
        &'a self,
        ticket_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
        body: &'a types::AnswerIn,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/tickets/{}/answer", self.baseurl, encode_path(& ticket_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.post(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "answer_visit",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Show my number as it moves

On an iPhone that is registered, by the token of a Live Activity of this number that began there. Its state is sent to that token
until the number is over. Where it is refused (`ticket_over`), or there is none, the app ends the activity.

Sends a `PUT` request to `/v1/tickets/{ticket_id}/live/{installation_id}`

Arguments:
- `ticket_id`: The id of the ticket, a UUID.
- `installation_id`: The id of the installation, a UUID.
- `body`
*/
    pub async fn show_ticket_live<'a>(
        &'a self,
        ticket_id: &'a ::uuid::Uuid,
        installation_id: &'a ::uuid::Uuid,
        body: &'a types::LiveIn,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/tickets/{}/live/{}", self.baseurl, encode_path(& ticket_id
            .to_string()), encode_path(& installation_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "show_ticket_live",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the topics

With whether I follow each. At first I follow all.

Sends a `GET` request to `/v1/topics`

*/
    pub async fn list_topics<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::TopicOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/topics", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_topics",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Choose the topics that I follow

Important announcements and warnings come whatever I choose here. What was announced of another topic stays in the inbox, and disturbs no more.

Sends a `PUT` request to `/v1/topics`

*/
    pub async fn set_topics<'a>(
        &'a self,
        body: &'a types::TopicsBody,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/topics", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "set_topics",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Let a member of staff try announcements on my phones

With the code that they were shown: for who writes announcements, on their own phone.

Sends a `PUT` request to `/v1/trial`

*/
    pub async fn link_trial<'a>(
        &'a self,
        body: &'a types::TrialCode,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/trial", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).json(&body).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "link_trial",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Let nobody try announcements on my phones

Whether anybody could before or not.

Sends a `DELETE` request to `/v1/trial`

*/
    pub async fn unlink_trial<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!("{}/v1/trial", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "unlink_trial",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List what I wait for

The first first, with what is held for me at the moment.

Sends a `GET` request to `/v1/waiting`

*/
    pub async fn list_waiting<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::WaitingOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/waiting", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_waiting",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Join the waiting list

For an earlier time than a visit has, or for the first that comes free where there is none. What is freed is held for
whoever waits longest and whom it fits; they are told, and find it among their visits, held, with `waiting_id`:
confirm it, or let it go.

Sends a `POST` request to `/v1/waiting`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn join_waiting_list<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::WaitingWish,
    ) -> Result<ResponseValue<types::WaitingOut>, Error<ByteStream>> {
        let url = format!("{}/v1/waiting", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "join_waiting_list",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Leave the waiting list

What was held goes to the next.

Sends a `DELETE` request to `/v1/waiting/{waiting_id}`

Arguments:
- `waiting_id`: The id of the waiting, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn leave_waiting_list<'a>(
        &'a self,
        waiting_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/waiting/{}", self.baseurl, encode_path(& waiting_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "leave_waiting_list",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            400u16..=499u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            500u16..=599u16 => Err(Error::ErrorResponse(ResponseValue::stream(response))),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
