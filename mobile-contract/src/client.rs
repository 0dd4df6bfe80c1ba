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
        ///Where to come to, or whom to ring; absent at a town hall, and of a video visit, whose link is the address of its location.
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
        ///Kinds of news that do not disturb; they are in the inbox all the same.
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
        ///With `edited_meanwhile` of a plan: when they saved it, an instant in UTC; absent where that is not kept.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub edited_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///With `edited_meanwhile` of a plan: the name of the member of staff who saved it last; absent where that is not kept.
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
    /**Whoever is signed in, as the town knows them. Birth date, address and children are absent where `level` is lower than
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
    ///A visit that is proposed for some documents: what a booking asks for, ready to be sent.
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
        ///The refresh token of the last answer that came. It is good once; where that answer was lost, the one before may come again.
        pub refresh_token: RefreshTradeRefreshToken,
    }
    ///The refresh token of the last answer that came. It is good once; where that answer was lost, the one before may come again.
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
        ///How many minutes one waits who takes a number now; absent while nobody is there to serve it.
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
        ///Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code.
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
    ///Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code.
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
        ///Where the app was: a path of its own, which comes back on its link beside the code.
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
    ///Where the app was: a path of its own, which comes back on its link beside the code.
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
        ///When I am due, if I am.
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
        ///How long it will be, in minutes, as today goes; absent while nobody is there to serve it.
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
        ///Trade it for new tokens. It is good once: the session ends where it comes again after the tokens that were given for it were used.
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

*/
    pub async fn list_appointments<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::vec::Vec<types::AppointmentOut>>,
        Error<ByteStream>,
    > {
        let url = format!("{}/v1/appointments", self.baseurl,);
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

A start is one person's: who comes second is told `slot_taken`, and what is free near it.

Sends a `POST` request to `/v1/appointments`

Arguments:
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn book_appointment<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentWish,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!("{}/v1/appointments", self.baseurl,);
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
*/
    pub async fn get_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}", self.baseurl, encode_path(& appointment_id
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
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn cancel_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<()>, Error<ByteStream>> {
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
*/
    pub async fn get_appointment_calendar<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<ByteStream>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/calendar", self.baseurl, encode_path(& appointment_id
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

A hold that lapsed is given if its start is still free.

Sends a `POST` request to `/v1/appointments/{appointment_id}/confirm`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn confirm_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/confirm", self.baseurl, encode_path(& appointment_id
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
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn add_to_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentAddition,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/documents", self.baseurl, encode_path(& appointment_id
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
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
*/
    pub async fn extend_hold<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/extend", self.baseurl, encode_path(& appointment_id
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

It keeps its reference, and its old slot until it has the new one.

Sends a `POST` request to `/v1/appointments/{appointment_id}/move`

Arguments:
- `appointment_id`: The id of the appointment, a UUID.
- `idempotency_key`: Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours.
- `body`
*/
    pub async fn move_appointment<'a>(
        &'a self,
        appointment_id: &'a ::uuid::Uuid,
        idempotency_key: Option<&'a str>,
        body: &'a types::AppointmentMove,
    ) -> Result<ResponseValue<types::AppointmentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/appointments/{}/move", self.baseurl, encode_path(& appointment_id
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

What staff did with the citizen's data and with those of their minor children, and why; newest first, in the citizen's language.
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

And my minor children's; those that end first first.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/documents`

*/
    pub async fn list_documents<'a>(
        &'a self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::DocumentOut>>, Error<ByteStream>> {
        let url = format!("{}/v1/documents", self.baseurl,);
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
*/
    pub async fn get_document<'a>(
        &'a self,
        document_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::DocumentOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/documents/{}", self.baseurl, encode_path(& document_id.to_string()),
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

The service, who comes, and two or three starts that are free at this moment where I usually come: book one with
`book_appointment`. Empty where the town serves it otherwise.

Needs a sign-in at the level that the municipality asks for private data.

Sends a `GET` request to `/v1/documents/{document_id}/visits`

Arguments:
- `document_id`: The id of the document, a UUID.
*/
    pub async fn propose_document_visit<'a>(
        &'a self,
        document_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProposalOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/documents/{}/visits", self.baseurl, encode_path(& document_id
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
*/
    pub async fn list_messages<'a>(
        &'a self,
        archived: Option<bool>,
        cursor: Option<&'a types::ListMessagesCursor>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::MessagePage>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox", self.baseurl,);
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
*/
    pub async fn list_message_changes<'a>(
        &'a self,
        cursor: Option<&'a types::ListMessageChangesCursor>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::InboxChanges>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox/changes", self.baseurl,);
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

*/
    pub async fn count_unread<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::UnreadOut>, Error<ByteStream>> {
        let url = format!("{}/v1/inbox/unread-count", self.baseurl,);
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

Does not mark it as read.

Sends a `GET` request to `/v1/inbox/{message_id}`

Arguments:
- `message_id`: The id of the message, a UUID.
*/
    pub async fn get_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::MessageOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}", self.baseurl, encode_path(& message_id.to_string()),
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
*/
    pub async fn propose_message_visits<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<::std::vec::Vec<types::ProposalOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/visits", self.baseurl, encode_path(& message_id.to_string()),
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
*/
    pub async fn explain_message<'a>(
        &'a self,
        message_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::WhyOut>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/inbox/{}/why", self.baseurl, encode_path(& message_id.to_string()),
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
*/
    pub async fn list_past_appointments<'a>(
        &'a self,
        cursor: Option<&'a types::ListPastAppointmentsCursor>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::PastPage>, Error<ByteStream>> {
        let url = format!("{}/v1/past-appointments", self.baseurl,);
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

Counts for messages from now on.

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

At each location that has one, the earliest first.

Sends a `GET` request to `/v1/services/{service_id}/next`

Arguments:
- `service_id`: The id of the service, a UUID.
- `persons`: How many come together, up to the service's `most_persons`; one if it is not said.
*/
    pub async fn list_next_free<'a>(
        &'a self,
        service_id: &'a ::uuid::Uuid,
        persons: Option<::std::num::NonZeroU64>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::StartOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/services/{}/next", self.baseurl, encode_path(& service_id
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
months at most. Where there may be more, `x-next-from` says from which day to ask on.

Sends a `GET` request to `/v1/services/{service_id}/starts`

Arguments:
- `service_id`: The id of the service, a UUID.
- `from`: From this day on; today if it is not said.
- `location_id`: At this location only.
- `persons`: How many come together, up to the service's `most_persons`; one if it is not said.
- `until`: Up to and with this day.
*/
    pub async fn list_free_starts<'a>(
        &'a self,
        service_id: &'a ::uuid::Uuid,
        from: Option<&'a ::chrono::naive::NaiveDate>,
        location_id: Option<&'a ::uuid::Uuid>,
        persons: Option<::std::num::NonZeroU64>,
        until: Option<&'a ::chrono::naive::NaiveDate>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::StartOut>>, Error<ByteStream>> {
        let url = format!(
            "{}/v1/services/{}/starts", self.baseurl, encode_path(& service_id
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

Gives a new access token and a new refresh token. The old one may come again for a minute, and after that until what was given for it
is used: an answer can be lost. Later it ends the session: somebody else may have it.

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

Important announcements and warnings come whatever I choose.

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
