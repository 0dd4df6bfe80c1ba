// Generated from mobile-contract/push by `npm run generate`. Change nothing here.

/** The key of a neutral sentence, which a push names. */
export type TextKey = "push_neutral" | "push_called";

/** The texts that an app carries, by language and key: sentences, actions, and the names of the kinds of news. */
export const STRINGS = {
  "nl": {
    "push_action_book": "Afspraak maken",
    "push_action_mute": "Dit soort berichten niet meer tonen",
    "push_action_open": "Openen",
    "push_called": "Kijk nu in de app van je gemeente.",
    "push_category_account": "Je account",
    "push_category_announcements": "Berichten van de gemeente",
    "push_category_appointments": "Afspraken",
    "push_category_documents": "Documenten",
    "push_category_emergency": "Noodberichten",
    "push_category_queue": "Oproepen aan het loket",
    "push_neutral": "Je hebt een nieuw bericht van je gemeente."
  },
  "fr": {
    "push_action_book": "Prendre rendez-vous",
    "push_action_mute": "Ne plus afficher ce type de message",
    "push_action_open": "Ouvrir",
    "push_called": "Regardez maintenant dans l’application de votre commune.",
    "push_category_account": "Votre compte",
    "push_category_announcements": "Messages de la commune",
    "push_category_appointments": "Rendez-vous",
    "push_category_documents": "Documents",
    "push_category_emergency": "Messages d’urgence",
    "push_category_queue": "Appels au guichet",
    "push_neutral": "Vous avez un nouveau message de votre commune."
  },
  "de": {
    "push_action_book": "Termin vereinbaren",
    "push_action_mute": "Solche Mitteilungen nicht mehr anzeigen",
    "push_action_open": "Öffnen",
    "push_called": "Schauen Sie jetzt in die App Ihrer Gemeinde.",
    "push_category_account": "Ihr Konto",
    "push_category_announcements": "Mitteilungen der Gemeinde",
    "push_category_appointments": "Termine",
    "push_category_documents": "Dokumente",
    "push_category_emergency": "Notfallmeldungen",
    "push_category_queue": "Aufrufe am Schalter",
    "push_neutral": "Sie haben eine neue Nachricht Ihrer Gemeinde."
  },
  "en": {
    "push_action_book": "Make an appointment",
    "push_action_mute": "Stop showing messages like this",
    "push_action_open": "Open",
    "push_called": "Look in your municipality’s app now.",
    "push_category_account": "Your account",
    "push_category_announcements": "News from the municipality",
    "push_category_appointments": "Appointments",
    "push_category_documents": "Documents",
    "push_category_emergency": "Emergency messages",
    "push_category_queue": "Calls to a desk",
    "push_neutral": "You have a new message from your municipality."
  }
} as const;
