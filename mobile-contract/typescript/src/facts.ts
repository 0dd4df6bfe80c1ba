// Generated from openapi/citizen.json by `npm run generate`. Change nothing here.

/** The version of the contract, and of this package. */
export const VERSION = "0.1.0";

/** The problem codes that an operation of the contract can give today. A newer server may give others. */
export type KnownCode =
  | "acting_for_refused"
  | "already_called"
  | "appointment_limit"
  | "body_invalid"
  | "body_too_large"
  | "challenge_invalid"
  | "check_in_closed"
  | "code_invalid"
  | "cursor_invalid"
  | "deed_over"
  | "deed_waits"
  | "device_limit"
  | "edited_meanwhile"
  | "email_code_limit"
  | "email_code_over"
  | "email_code_wrong"
  | "hall_stopped"
  | "head_too_large"
  | "hold_lapsed"
  | "idempotency_key_reused"
  | "internal"
  | "level_out_of_reach"
  | "level_too_low"
  | "location_closed"
  | "mail_off"
  | "maintenance"
  | "mandate_by_court"
  | "mandate_exists"
  | "mandate_in_circle"
  | "mandate_limit"
  | "mandate_missing"
  | "mandate_of_child"
  | "mandate_over"
  | "mandate_to_oneself"
  | "media_type_unsupported"
  | "method_not_allowed"
  | "municipality_unknown"
  | "nobody_to_answer"
  | "not_booked"
  | "not_extendable"
  | "not_found"
  | "not_there"
  | "nothing_to_claim"
  | "overloaded"
  | "parameter_invalid"
  | "passkey_copied"
  | "passkey_invalid"
  | "passkey_known"
  | "passkey_limit"
  | "passkey_none"
  | "passkeys_off"
  | "provider_unavailable"
  | "push_unavailable"
  | "queue_full"
  | "refresh_invalid"
  | "refresh_reused"
  | "request_invalid"
  | "request_timeout"
  | "session_ended"
  | "sign_in_too_old"
  | "slot_not_offered"
  | "slot_taken"
  | "ticket_over"
  | "token_expired"
  | "token_invalid"
  | "token_missing"
  | "too_late_to_add"
  | "too_many_requests"
  | "verifier_invalid"
  | "visit_begun"
  | "visit_overlaps"
  | "waiting_limit";

/** The operations that ask for no sign-in. */
export const OPEN: readonly string[] = [
  "GET /v1/municipalities",
  "POST /v1/sessions",
  "POST /v1/sessions/refresh",
  "POST /v1/sign-in"
];

/** What an operation answers, where that is no JSON: the type of a file, or nothing. */
export const OTHERS: Readonly<Record<string, string>> = {
  "GET /v1/announcements/{announcement_id}/image": "image/jpeg",
  "DELETE /v1/appointments/{appointment_id}": "",
  "GET /v1/appointments/{appointment_id}/calendar": "text/calendar",
  "PUT /v1/contact-settings": "",
  "DELETE /v1/contact-settings/email": "",
  "POST /v1/contact-settings/email/confirm": "",
  "POST /v1/deeds/{deed_id}/accept": "",
  "POST /v1/deeds/{deed_id}/refuse": "",
  "DELETE /v1/devices/{installation_id}": "",
  "PUT /v1/devices/{installation_id}": "",
  "DELETE /v1/inbox/{message_id}/archive": "",
  "PUT /v1/inbox/{message_id}/archive": "",
  "DELETE /v1/inbox/{message_id}/read": "",
  "PUT /v1/inbox/{message_id}/read": "",
  "DELETE /v1/mandates/{mandate_id}": "",
  "POST /v1/mandates/{mandate_id}/accept": "",
  "POST /v1/mandates/{mandate_id}/refuse": "",
  "DELETE /v1/passkeys/{passkey_id}": "",
  "PUT /v1/passkeys/{passkey_id}": "",
  "PUT /v1/preferences": "",
  "DELETE /v1/sessions": "",
  "DELETE /v1/sessions/{session_id}": "",
  "DELETE /v1/tickets/{ticket_id}": "",
  "POST /v1/tickets/{ticket_id}/answer": "",
  "PUT /v1/tickets/{ticket_id}/live/{installation_id}": "",
  "PUT /v1/topics": "",
  "DELETE /v1/trial": "",
  "PUT /v1/trial": "",
  "DELETE /v1/waiting/{waiting_id}": ""
};
