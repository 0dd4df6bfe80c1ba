// Generated from openapi/citizen.json by `npm run generate`. Change nothing here.
export interface paths {
    "/v1/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was announced to me
         * @description The newest first, a hundred at most: what I was told, and what is public and was for where I live now.
         */
        get: operations["list_my_announcements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{announcement_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an announcement
         * @description That I was told, or that is public.
         */
        get: operations["get_my_announcement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{announcement_id}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch an announcement's image
         * @description Where it has one: a JPEG of 1,600 pixels at most.
         */
        get: operations["get_my_announcement_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my visits
         * @description Those that are held or booked and not over, the next first; among them for two weeks those from which the citizen was turned away.
         */
        get: operations["list_appointments"];
        put?: never;
        /**
         * Book a visit, or hold its start
         * @description A start is one person's: who comes second is told `slot_taken`, and what is free near it. With a mandate to assist it is held and waits for
         *     the other's yes (`list_deeds`): then it is `held` until `held_until`, also where that was not asked.
         */
        post: operations["book_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a visit that was booked at the counter
         * @description For who was not in the register yet when staff booked for them, and has the app now. They know the reference, which stands on the
         *     slip, and the birth date that they gave; or the telephone number, where they gave no birth date: ask for all three, and send what
         *     they fill in. From then on the visit is theirs, with its reminders, as if they had booked it. What does not agree is refused with
         *     `nothing_to_claim`, whatever it is: nobody finds out by it what is booked. Ten tries an hour. Nothing tells the app by itself that
         *     there is a visit to add.
         */
        post: operations["claim_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of my visits
         * @description Whatever became of it.
         */
        get: operations["get_appointment"];
        put?: never;
        post?: never;
        /**
         * Cancel a visit
         * @description Its start is free at once.
         */
        delete: operations["cancel_appointment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Put a visit in my calendar
         * @description As iCalendar. Fetched again, it moves or cancels the same event.
         */
        get: operations["get_appointment_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/check-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check in for a visit
         * @description Near the location, from an hour before. Again, it gives the same number.
         */
        post: operations["check_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm what is held
         * @description A hold that lapsed is given if its start is still free. With a mandate to assist it stays held, and waits for the other's yes.
         */
        post: operations["confirm_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add documents to a visit
         * @description "Bring your other child along?" It stays where and when it is, and takes as much longer as those who come with it; where no desk
         *     has the time, `slot_taken` tells what is free near it. A document that it is for already stays so.
         */
        post: operations["add_to_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold it for as long again
         * @description Once, while it lasts.
         */
        post: operations["extend_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{appointment_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a visit
         * @description It keeps its reference, and its old slot until it has the new one. With a mandate to assist it stays where it is, and the new start is held
         *     until the other says yes.
         */
        post: operations["move_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who looked at my data
         * @description What staff did with the citizen's data and with those of their minor children, and why, and what was done by who acts for them, under
         *     their name; newest first, in the citizen's language.
         *     What the same member of staff looks at again on the same day, on the same screen and for the same reason, is one entry.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["list_my_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contact-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how I am told
         * @description By which ways, in which order, and at which e-mail address. Says as well where an address was dropped since mail to it came back.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["get_contact_settings"];
        /**
         * Choose how I am told
         * @description Counts for what is told from now on. What is in the inbox stays there. The e-mail address is changed by `start_email`.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        put: operations["set_contact_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contact-settings/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to confirm an e-mail address
         * @description A code of six digits is sent there, which is good for fifteen minutes; three an hour at the most. What is told goes to the address
         *     that was confirmed before, until the code comes back.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["start_email"];
        /**
         * Remove my e-mail address
         * @description Nothing is sent to it any more, and a code that waits is good for nothing. Where there is no address, that is so already.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        delete: operations["remove_email"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contact-settings/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an e-mail address
         * @description By the code that was sent there. After five wrong ones it is good for nothing (`email_code_over`): ask for another.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["confirm_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what waits for a yes
         * @description With a mandate to assist, two decide: what one of them books or moves waits for the other. Listed are those that wait for the citizen,
         *     and those that the citizen asked; those that end first come first on each side.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["list_deeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deeds/{deed_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say yes to what waits
         * @description It is booked or moved at once, by the rules of this moment, and who asked is told. Where it cannot be any more, it is over
         *     (`hold_lapsed`), and both are told.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["accept_deed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deeds/{deed_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no to what waits
         * @description Or take back what the citizen asked. The start is free at once, and the other is told.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["refuse_deed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my devices
         * @description The last registered first.
         */
        get: operations["list_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{installation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Register this installation for pushes
         * @description At each start, when the token changes, and once a month. The same again changes nothing. A phone that another
         *     citizen used before is theirs no longer.
         */
        put: operations["register_device"];
        post?: never;
        /**
         * Remove one of my devices
         * @description It gets no more pushes; its session goes on.
         */
        delete: operations["remove_device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my documents
         * @description And my minor children's; those that end first first. For somebody else, theirs only: what they may see of their children is not
         *     passed on.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["list_documents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of my documents
         * @description Or one of a minor child of mine.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["get_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{document_id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask what visit a document needs
         * @description A list of visits, of which most documents need one: the service, who comes, and two or three starts that are free at this moment where
         *     I usually come. Book one with `book_appointment`. Empty where the town serves it otherwise.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["propose_document_visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my messages
         * @description Newest first, twenty a page if not asked otherwise.
         */
        get: operations["list_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what changed among my messages
         * @description For an app that keeps them: those that are new, or were read, archived or taken back since it last asked, here or on another phone,
         *     in the order in which that happened. Without a cursor all that is kept. A hundred a page if not asked otherwise.
         */
        get: operations["list_message_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count my unread messages
         * @description The number on the icon.
         */
        get: operations["count_unread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of my messages
         * @description Does not mark it as read. Who acts for somebody else cannot mark it: what a holder read, its citizen has still to read.
         */
        get: operations["get_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{message_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Archive a message
         * @description It leaves the inbox and can be found in the archive.
         */
        put: operations["archive_message"];
        post?: never;
        /**
         * Take a message out of the archive
         * @description It is in the inbox again.
         */
        delete: operations["unarchive_message"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{message_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark a message as read
         * @description Takes its notification off my other devices.
         */
        put: operations["mark_read"];
        post?: never;
        /**
         * Mark a message as unread
         * @description It counts again on the icon.
         */
        delete: operations["mark_unread"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{message_id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask what visits a reminder asks for
         * @description As for a document, for all that the reminder speaks of: those who need the same come together, in one longer visit.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["propose_message_visits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/{message_id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask why a reminder came
         * @description The rule, where the date comes from, and how to stop it.
         */
        get: operations["explain_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the locations
         * @description Where the town receives people: when it is open, what is served, and how long one waits now.
         */
        get: operations["list_locations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations/{location_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a location
         * @description When it is open, what is served, and how long one waits now.
         */
        get: operations["get_location"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mandates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my mandates
         * @description Those by which others act for the citizen, or those by which the citizen acts for others; by the name of the other, twenty a page if
         *     not asked otherwise. Those that were asked for and not answered are among them.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        get: operations["list_mandates"];
        put?: never;
        /**
         * Ask to act for somebody
         * @description With the code on their phone. They are told, and it holds when they accept; for two weeks they may. Ten tries an hour.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["ask_mandate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mandates/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a code for who is to act for me
         * @description The other enters it in their app with `ask_mandate`; then the citizen accepts or refuses what they ask for. A new one takes the
         *     place of the one before.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["create_mandate_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mandates/{mandate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a mandate
         * @description Either of the two may, and who asked for it takes it back so. From then on nobody acts by it; what was booked stays booked. Both are
         *     told. One by an order of a court is ended by staff.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        delete: operations["end_mandate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mandates/{mandate_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept that somebody acts for me
         * @description It holds at once, and they are told.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["accept_mandate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mandates/{mandate_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse that somebody acts for me
         * @description They are told.
         *
         *     Needs a sign-in at the level that the municipality asks for private data.
         */
        post: operations["refuse_mandate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read who I am
         * @description As the town knows me: by name, and for who signed in at the level that the town asks for it, with birth date, address and
         *     children.
         */
        get: operations["get_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/municipalities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the municipalities served here
         * @description For the first screen of an app that towns share. Needs no sign-in.
         */
        get: operations["list_municipalities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my passkeys
         * @description And whether this installation takes any.
         */
        get: operations["list_passkeys"];
        put?: never;
        /**
         * Add a passkey
         * @description With what the phone answered. The citizen is told so in their inbox.
         */
        post: operations["add_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description For a citizen who signed in or stepped up at the identity provider in the last minutes, at the level for what is private. Gives what
         *     to ask the phone: `ASAuthorizationPlatformPublicKeyCredentialProvider` on iOS, Credential Manager on Android.
         */
        post: operations["start_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passkeys/{passkey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name a passkey
         * @description As the citizen sees it in their list. What it opens does not change.
         */
        put: operations["rename_passkey"];
        post?: never;
        /**
         * Remove a passkey
         * @description For a citizen who signed in or stepped up at the identity provider in the last minutes. They are told so in their inbox. The phone
         *     keeps its half until the citizen removes it there.
         */
        delete: operations["remove_passkey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/past-appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my past visits
         * @description Those that are over, and those that were booked and are off, whoever cancelled them: the latest first. They are kept for
         *     a while only.
         */
        get: operations["list_past_appointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read my preferences
         * @description Language, quiet hours and what does not disturb me.
         */
        get: operations["get_preferences"];
        /**
         * Choose my preferences
         * @description Counts at once, also for what waits to be shown: of a kind that is muted nothing more is shown, and what comes due in quiet hours waits for
         *     their end.
         */
        put: operations["set_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what can be booked
         * @description Services and locations, in the citizen's language.
         */
        get: operations["list_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for the next free start
         * @description At each location that has one, the earliest first. None at which the citizen is at another visit.
         */
        get: operations["list_next_free"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}/starts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List free starts
         * @description The earliest first, within the days that are asked and the service's horizon: of whole days, some five hundred, of two
         *     months at most. Where there may be more, `x-next-from` says from which day to ask on. None at which the citizen is at another visit.
         */
        get: operations["list_free_starts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description The last used first.
         */
        get: operations["list_sessions"];
        put?: never;
        /**
         * Trade the one-time code for a session
         * @description The code came back on the app's link; it is good once and for two minutes. A wrong verifier uses it up, and a code that comes again
         *     ends the session: send an `Idempotency-Key`, so that the same request again is the same.
         */
        post: operations["trade_code"];
        /**
         * End all my sessions
         * @description This one included.
         */
        delete: operations["end_all_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Step up with a passkey
         * @description With what the phone signed. The same session goes on, with new tokens, at the level that the passkey gives, until `level_until` of
         *     the passkey.
         */
        post: operations["step_up_with_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/passkey-challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to step up with a passkey
         * @description What answers `level_too_low` asks for this, or for `start_step_up`: where no passkey gives the level, this is refused with
         *     `passkey_none`. Gives what to ask the phone.
         */
        post: operations["start_passkey_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Step up: sign in at a higher level
         * @description What answers `level_too_low` asks for this. The same citizen signs in again at a provider that is surer of them;
         *     trade the code as usual, and the same session goes on, with new tokens. Gives the address to open in the system
         *     browser.
         */
        post: operations["start_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the session
         * @description Gives a new access token and a new refresh token. An answer can be lost: the old refresh token may come again within a minute, and later
         *     until a refresh token that was given for it has been traded itself; whether an access token was used does not count. After that it ends
         *     the session: somebody else may have it. Keep what was given last: once one of several that were given for the same token is traded, or the
         *     old one comes again after the minute, the others end the session.
         */
        post: operations["refresh_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my sessions
         * @description Its device gets no more pushes. To sign out, end the session whose `current` is true.
         */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a sign-in
         * @description Gives the address to open in the system browser.
         */
        post: operations["start_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my numbers of today
         * @description The last first, with how many are before me and how long it will be.
         */
        get: operations["list_tickets"];
        put?: never;
        /**
         * Take a number
         * @description Without an appointment, near a location that is open. Who waits there for that service already gets the same number.
         */
        post: operations["take_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave the queue
         * @description Before I am called: after that it is `already_called`, and the desk notes by itself that nobody came. An appointment stays booked.
         */
        delete: operations["leave_queue"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what I thought of it
         * @description Once, after the visit. It is kept without my name.
         */
        post: operations["answer_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket_id}/live/{installation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Show my number as it moves
         * @description On an iPhone that is registered, by the token of a Live Activity of this number that began there. Its state is sent to that token
         *     until the number is over. Where it is refused (`ticket_over`), or there is none, the app ends the activity.
         */
        put: operations["show_ticket_live"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the topics
         * @description With whether I follow each. At first I follow all.
         */
        get: operations["list_topics"];
        /**
         * Choose the topics that I follow
         * @description Important announcements and warnings come whatever I choose here. What was announced of another topic stays in the inbox, and disturbs no more.
         */
        put: operations["set_topics"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let a member of staff try announcements on my phones
         * @description With the code that they were shown: for who writes announcements, on their own phone.
         */
        put: operations["link_trial"];
        post?: never;
        /**
         * Let nobody try announcements on my phones
         * @description Whether anybody could before or not.
         */
        delete: operations["unlink_trial"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what I wait for
         * @description The first first, with what is held for me at the moment.
         */
        get: operations["list_waiting"];
        put?: never;
        /**
         * Join the waiting list
         * @description For an earlier time than a visit has, or for the first that comes free where there is none. What is freed is held for
         *     whoever waits longest and whom it fits; they are told, and find it among their visits, held, with `waiting_id`:
         *     confirm it, or let it go.
         */
        post: operations["join_waiting_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/waiting/{waiting_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave the waiting list
         * @description What was held goes to the next.
         */
        delete: operations["leave_waiting_list"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActionOut
         * @description What can be done at once.
         * @example {
         *       "label": "Afspraak maken",
         *       "link": "https://deinze.example/afspraak"
         *     }
         */
        ActionOut: {
            /** @description What the button says. */
            label: string;
            /** @description A path in the app that begins with `/`, or an https address. */
            link: string;
        };
        /**
         * AddressOut
         * @description An address, as the register has it.
         * @example {
         *       "box_number": "",
         *       "house_number": "1",
         *       "postcode": "9800",
         *       "street": "Kouter",
         *       "town": "Deinze"
         *     }
         */
        AddressOut: {
            /** @description The box number; empty where there is none. */
            box_number: string;
            /** @description The house number, which may have letters: `12`, `12A`. */
            house_number: string;
            /** @description The postcode, such as `9800`. */
            postcode: string;
            /** @description The name of the street, as the register writes it. */
            street: string;
            /** @description The town or village, as the register writes it. */
            town: string;
        };
        /**
         * AnswerIn
         * @description What I thought of it.
         * @example {
         *       "line": "Vlot geholpen.",
         *       "score": 4
         *     }
         */
        AnswerIn: {
            /** @description A line, if I like. */
            line?: string;
            /**
             * Format: int64
             * @description From one, badly, to five, well.
             */
            score: number;
        };
        /**
         * AppOut
         * @description Which versions of a town's app are still to be used. An app looks at each start, and whenever the server refuses what it asks.
         * @example {
         *       "ios": {
         *         "store": "https://apps.apple.com/be/app/id1234567890",
         *         "version": "2.1.0"
         *       }
         *     }
         */
        AppOut: {
            /** @description For Android; absent where each version is. */
            android?: components["schemas"]["LeastVersionOut"];
            /** @description For iOS; absent where each version is. */
            ios?: components["schemas"]["LeastVersionOut"];
        };
        /**
         * AppointmentAddition
         * @description What is added to a visit.
         * @example {
         *       "document_ids": [
         *         "01935c3e-0000-7000-8000-000000000010"
         *       ]
         *     }
         */
        AppointmentAddition: {
            /** @description The ids of the documents to come for as well, the citizen's own and their minor children's. */
            document_ids: string[];
        };
        /**
         * AppointmentMove
         * @description Another time or place for a visit.
         * @example {
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "starts_at": "2027-03-02T10:00:00Z"
         *     }
         */
        AppointmentMove: {
            /** @description Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept. */
            contact?: string;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The location of the new start, as `location_id` of that start says.
             */
            location_id: string;
            /**
             * Format: date-time
             * @description When: one of the free starts.
             */
            starts_at: string;
        };
        /**
         * AppointmentOut
         * @description A visit.
         * @example {
         *       "companions": [
         *         "Emma"
         *       ],
         *       "day": "2027-03-08",
         *       "ends_at": "2027-03-08T09:25:00Z",
         *       "extendable": true,
         *       "held_until": "2027-03-03T09:35:00Z",
         *       "id": "01935c3e-0000-7000-8000-000000000103",
         *       "location": {
         *         "accessibility": "Ingang zonder drempel links van de trap.",
         *         "address": "Markt 1, 9800 Deinze",
         *         "id": "01935c3e-0000-7000-8000-000000000002",
         *         "kind": "town_hall",
         *         "latitude": 50.9817,
         *         "longitude": 3.5306,
         *         "name": "Stadhuis"
         *       },
         *       "persons": 2,
         *       "qr": "thuisloket:deinze:K7M-3QX",
         *       "reference": "K7M-3QX",
         *       "reminders": [],
         *       "service": {
         *         "bring": "Je kind en een recente pasfoto.",
         *         "collecting": false,
         *         "document_kinds": [
         *           "kids_id"
         *         ],
         *         "explanation": "Een identiteitskaart voor een kind jonger dan 12.",
         *         "horizon_days": 60,
         *         "id": "01935c3e-0000-7000-8000-000000000001",
         *         "least_notice_minutes": 120,
         *         "minutes": 15,
         *         "minutes_a_person_more": 10,
         *         "most_open": 2,
         *         "most_persons": 4,
         *         "name": "Kids-ID aanvragen",
         *         "needs": "both"
         *       },
         *       "starts_at": "2027-03-08T09:00:00Z",
         *       "state": "held",
         *       "subjects": [
         *         {
         *           "is_me": true,
         *           "name": "Anna"
         *         },
         *         {
         *           "bring": "Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.",
         *           "document": "Kids-ID",
         *           "document_id": "01935c3e-0000-7000-8000-000000000104",
         *           "is_me": false,
         *           "name": "Emma"
         *         }
         *       ],
         *       "turned_away": false
         *     }
         */
        AppointmentOut: {
            /** @description The names of the others who come. */
            companions: string[];
            /**
             * @description Where to come to, or whom to ring; absent at a town hall, of a video visit, whose link is the address of its location, and of a visit
             *     at home for who acts for somebody else.
             */
            contact?: string;
            /**
             * Format: date
             * @description The day that the town's calendar shows then.
             */
            day: string;
            /**
             * Format: date-time
             * @description When the visit ends, an instant in UTC.
             */
            ends_at: string;
            /** @description Whether it may be held for as long again. */
            extendable: boolean;
            /**
             * Format: date-time
             * @description Until when it is held.
             */
            held_until?: string;
            /**
             * A visit.
             * Format: uuid
             * @description The id of the visit, which `/v1/appointments/{appointment_id}` takes.
             */
            id: string;
            /** @description The location of the visit, with its texts in the citizen's language. */
            location: components["schemas"]["PlaceOut"];
            /**
             * Format: int64
             * @description How many come together.
             */
            persons: number;
            /** @description What a code to be scanned holds. */
            qr: string;
            /** @description What the citizen says at the desk. */
            reference: string;
            /**
             * @description The reminders that will be sent, as things stand now: a phone that is added or removed, or news that is muted,
             *     changes it.
             */
            reminders: components["schemas"]["ReminderOut"][];
            /** @description The booked service, with its texts in the citizen's language. */
            service: components["schemas"]["ServiceOut"];
            /**
             * Format: date-time
             * @description When the visit begins, an instant in UTC; show it in the town's time zone.
             */
            starts_at: string;
            /** @description `held`, `booked`, `cancelled` or `lapsed`. */
            state: string;
            /** @description Whom the visit is for, and the document of each where it is for one; empty for a visit that was booked before this was kept. */
            subjects: components["schemas"]["VisitSubjectOut"][];
            /**
             * @description Whether the citizen came for it and the house sent them away before it was their turn, as it closed. It is listed with those to come
             *     for two weeks, and may be moved or cancelled, although its time is past.
             */
            turned_away: boolean;
            /**
             * An entry of the waiting list.
             * Format: uuid
             * @description The entry of the waiting list that this hold is offered to: confirmed, it takes the place of the visit that was to be
             *     earlier, which keeps its reference.
             */
            waiting_id?: string;
        };
        /**
         * AppointmentWish
         * @description What is to be booked.
         * @example {
         *       "companions": [
         *         "Emma"
         *       ],
         *       "hold": true,
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "persons": 2,
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "starts_at": "2027-03-02T10:00:00Z"
         *     }
         */
        AppointmentWish: {
            /**
             * @description The names of the others, where more than one come; of all, where it is for none of them that the citizen comes.
             * @default []
             */
            companions?: string[];
            /**
             * @description Where to come to, for a visit at home (where the citizen lives, if it is not said); whom to ring, for a telephone
             *     call.
             */
            contact?: string;
            /**
             * @description The ids of the documents to come for, the citizen's own and their minor children's, as a proposal names them: then nobody needs to
             *     be named. Left out, the citizen's only document that the service is for is meant, or of the children that are named.
             * @default []
             */
            document_ids?: string[];
            /** @description True to hold it for a few minutes while the citizen decides; then confirm it. */
            hold: boolean;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The location of the start, as `location_id` of that start says.
             */
            location_id: string;
            /**
             * Format: int64
             * @description How many come together.
             */
            persons: number;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The service to book, an `id` from `GET /v1/services`.
             */
            service_id: string;
            /**
             * Format: date-time
             * @description When: one of the free starts.
             */
            starts_at: string;
        };
        /**
         * @description Kinds of news, as a citizen may mute them. A message of a muted category stays in the inbox.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Category: "documents" | "account" | "appointments" | "queue" | "announcements" | "emergency";
        /**
         * ChildOut
         * @description A child of the citizen who is not of age, and whose documents the citizen sees.
         * @example {
         *       "birth_date": "2019-04-04",
         *       "family_name": "Zonnebloem",
         *       "given_names": "Emma Louise"
         *     }
         */
        ChildOut: {
            /**
             * Format: date
             * @description The birth date, such as `2019-04-04`.
             */
            birth_date?: string;
            /** @description The family name, as the register writes it. */
            family_name: string;
            /** @description All given names; empty where there are none. */
            given_names: string;
        };
        /**
         * CodeTrade
         * @description A one-time code and what proves that it is yours.
         * @example {
         *       "code": "dGhpcy1pcy1hbi1leGFtcGxlLW9mLWEtY29kZS0uLi4",
         *       "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
         *     }
         */
        CodeTrade: {
            /** @description The code from the app's link. */
            code: string;
            /** @description The verifier of the challenge the sign-in began with. */
            code_verifier: string;
        };
        /**
         * ContactOut
         * @description How citizens reach the town hall.
         * @example {
         *       "email": "burgerzaken@gavere.example",
         *       "phone": "09 000 00 00",
         *       "web": "https://gavere.example/afspraak"
         *     }
         */
        ContactOut: {
            /** @description The e-mail address of the town hall, such as `burgerzaken@deinze.example`. */
            email: string;
            /** @description The telephone number of the town hall, to show and to dial. */
            phone: string;
            /** @description Web page for appointments. */
            web: string;
        };
        /**
         * ContactSettingsIn
         * @description How somebody wants to be told, as they choose it. The e-mail address is not part of it: it is confirmed by a code.
         * @example {
         *       "announcements_by_email": true,
         *       "large_print": false,
         *       "never_digital": false,
         *       "open_email": false,
         *       "steps": [
         *         "push",
         *         "mail",
         *         "letter"
         *       ]
         *     }
         */
        ContactSettingsIn: {
            /** @description Whether announcements of the town come by e-mail. */
            announcements_by_email: boolean;
            /** @description The language in which they are spoken to where they chose none in the app; absent leaves it as it is. */
            language?: components["schemas"]["Language"];
            /** @description Whether letters are printed large. */
            large_print: boolean;
            /** @description Whether nothing is told by phone and by e-mail. */
            never_digital: boolean;
            /** @description Whether an e-mail may say what a message says. */
            open_email: boolean;
            /** @description Whether what would come on paper is read to them on the telephone as well; absent leaves it as it is. */
            read_aloud?: boolean;
            /** @description The ways, in their order, each once; a way that is not named is not wanted. */
            steps: components["schemas"]["Way"][];
        };
        /**
         * ContactSettingsOut
         * @description How somebody wants to be told.
         * @example {
         *       "announcements_by_email": true,
         *       "email": "anna.peeters@voorbeeld.be",
         *       "email_confirmed_at": "2027-03-08T10:30:00Z",
         *       "large_print": false,
         *       "never_digital": false,
         *       "open_email": false,
         *       "read_aloud": false,
         *       "steps": [
         *         "push",
         *         "mail",
         *         "letter"
         *       ]
         *     }
         */
        ContactSettingsOut: {
            /** @description Whether announcements of the town come by e-mail. */
            announcements_by_email: boolean;
            /** @description The address to which nothing is sent any more, and why; absent where there is none. Another that is confirmed takes its place. */
            dropped_email?: components["schemas"]["DroppedEmailOut"];
            /** @description The confirmed e-mail address; absent where there is none, or nothing is sent to it any more. */
            email?: string;
            /**
             * Format: date-time
             * @description When it was confirmed, an instant in UTC; absent where `email` is.
             */
            email_confirmed_at?: string;
            /**
             * @description The language in which they are spoken to, as they said it at the counter or here; absent where they did not. Who chose one in the app
             *     (`set_preferences`) is spoken to in that one, and who did neither in the one that the register knows.
             */
            language?: components["schemas"]["Language"];
            /** @description Whether letters are printed large. */
            large_print: boolean;
            /** @description Whether they are told nothing by phone and by e-mail: letters, and a call, are all. */
            never_digital: boolean;
            /** @description Whether an e-mail may say what a message says. Where not, it says that there is a message, and nothing of it. */
            open_email: boolean;
            /** @description An address whose code did not come back yet; absent where none is waited for. */
            pending_email?: components["schemas"]["PendingEmailOut"];
            /** @description Whether what would come on paper is read to them on the telephone as well. */
            read_aloud: boolean;
            /** @description The ways, in their order; a way that is not named is not wanted. The inbox of the app has everything, whatever stands here. */
            steps: components["schemas"]["Way"][];
        };
        /**
         * @description What waits for the other's yes.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        DeedKind: "book" | "move";
        /**
         * DeedOut
         * @description Something that waits for a yes.
         * @example {
         *       "appointment_id": "01935c3e-0000-7000-8000-000000000119",
         *       "asked_at": "2027-03-08T10:30:00Z",
         *       "asked_by_me": false,
         *       "id": "01935c3e-0000-7000-8000-00000000011a",
         *       "kind": "book",
         *       "location": "Stadhuis",
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "name": "Anna Zonnebloem",
         *       "resident_id": "01935c3e-0000-7000-8000-00000000011b",
         *       "service": "Kids-ID aanvragen",
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "starts_at": "2027-04-05T08:30:00Z",
         *       "waits_until": "2027-03-10T10:30:00Z"
         *     }
         */
        DeedOut: {
            /**
             * A visit.
             * Format: uuid
             * @description The id of the visit: the one that is held, or the one that would move.
             */
            appointment_id: string;
            /**
             * Format: date-time
             * @description When it was asked, an instant in UTC.
             */
            asked_at: string;
            /** @description Whether the citizen asked it: then the other answers, and the citizen can take it back. */
            asked_by_me: boolean;
            /**
             * Something that waits for the other's yes.
             * Format: uuid
             * @description The id of the deed, a UUID.
             */
            id: string;
            /** @description What was asked: to book a visit, or to move one. */
            kind: components["schemas"]["DeedKind"];
            /** @description The name of the location, in the citizen's language. */
            location: string;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The id of the location.
             */
            location_id: string;
            /**
             * Format: date-time
             * @description When the visit that would move begins now, an instant in UTC; absent where one is to be booked.
             */
            moves_from?: string;
            /** @description What the other of the two is called: the first given name and the family name; empty for who is in the register no more. */
            name: string;
            /**
             * A resident in a municipality's register.
             * Format: uuid
             * @description The id of the resident whose visit it is.
             */
            resident_id: string;
            /** @description The name of the service, in the citizen's language. */
            service: string;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The id of the service.
             */
            service_id: string;
            /**
             * Format: date-time
             * @description When the visit would begin, an instant in UTC. It is held until `waits_until`.
             */
            starts_at: string;
            /**
             * Format: date-time
             * @description Until when it waits, an instant in UTC. Then its start is free again.
             */
            waits_until: string;
        };
        /**
         * DeviceIn
         * @description An installation of the app.
         * @example {
         *       "app_version": "1.4.0",
         *       "environment": "production",
         *       "locale": "nl",
         *       "platform": "ios",
         *       "preview": "neutral",
         *       "target": "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
         *       "target_kind": "apns_token"
         *     }
         */
        DeviceIn: {
            /** @description The version of the app. */
            app_version: string;
            /** @description Apple's environment; production where it is left out. */
            environment?: components["schemas"]["Environment"];
            /**
             * @description iOS: the token by which a Live Activity of `TicketAttributes` may be started (`pushToStartTokenUpdates`, iOS 17.2), in hex. With it, each
             *     number that the citizen is given begins on this phone by a push, and the app begins none itself.
             */
            live_start_token?: string;
            /** @description The language of the app. */
            locale: components["schemas"]["Language"];
            /** @description The kind of phone. */
            platform: components["schemas"]["Platform"];
            /** @description What a lock screen may show. */
            preview: components["schemas"]["Preview"];
            /**
             * @description Android: whether the app keeps a notification for a number and shows in it how the number stands. With it, each number that the
             *     citizen is given is sent to this phone as data of the type `live`. No, where it is left out.
             */
            shows_live?: boolean;
            /** @description The token or id that the provider gave the app. */
            target: string;
            /** @description The kind of target. */
            target_kind: components["schemas"]["TargetKind"];
        };
        /**
         * DeviceOut
         * @description A device of the citizen.
         * @example {
         *       "app_version": "1.0.0",
         *       "installation_id": "01935c3e-0000-7000-8000-00000000011c",
         *       "locale": "nl",
         *       "platform": "android",
         *       "preview": "neutral",
         *       "registered_at": "2027-03-01T09:00:00Z",
         *       "state": "active"
         *     }
         */
        DeviceOut: {
            /** @description The version of its app. */
            app_version: string;
            /**
             * Format: uuid
             * @description The id of the app's installation, which the app made when it registered.
             */
            installation_id: string;
            /** @description The language of its app. */
            locale: string;
            /** @description The kind of phone: `ios` or `android`. */
            platform: string;
            /** @description What its lock screen shows: `neutral` (a message has come) or `full` (what it is about). */
            preview: string;
            /**
             * Format: date-time
             * @description When it last registered.
             */
            registered_at: string;
            /** @description `active`, or `quarantined` when its provider does not know its token: register again. */
            state: string;
        };
        /**
         * DocumentOut
         * @description A document.
         * @example {
         *       "appointment_on": "2027-03-08",
         *       "bring": "Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.",
         *       "child": "Emma",
         *       "expires_on": "2027-06-01",
         *       "how_to_renew": "Maak een afspraak bij Burgerzaken en breng je kind mee. Voor een Kids-ID krijg je geen oproepingsbrief.",
         *       "id": "01935c3e-0000-7000-8000-000000000104",
         *       "issued_on": "2024-06-01",
         *       "kind": "kids_id",
         *       "name": "Kids-ID",
         *       "number_end": "42",
         *       "state": "renewal_open",
         *       "takes": "Ten hoogste drie weken."
         *     }
         */
        DocumentOut: {
            /**
             * Format: date
             * @description The day of the visit booked for it.
             */
            appointment_on?: string;
            /** @description What the citizen brings to the town hall, one sentence in their language. */
            bring: string;
            /** @description The first name of the child whose it is; absent for the citizen's own. */
            child?: string;
            /**
             * Format: date
             * @description The last day on which it is good; absent where it has no end.
             */
            expires_on?: string;
            /** @description How it is renewed. */
            how_to_renew: string;
            /**
             * A document of a resident.
             * Format: uuid
             * @description The id of the document, a UUID that stays the same.
             */
            id: string;
            /**
             * Format: date
             * @description The day it was issued.
             */
            issued_on?: string;
            /** @description Its kind, such as `eid`, `kids_id`, `passport`. An app shows kinds it does not know by `name`. */
            kind: string;
            /** @description What it is called, in the citizen's language. */
            name: string;
            /** @description The last characters of its number. */
            number_end: string;
            /**
             * Format: date
             * @description Since when a new one lies ready.
             */
            ready_on?: string;
            /** @description How it stands today. */
            state: components["schemas"]["Standing"];
            /** @description How long it takes. */
            takes: string;
        };
        /**
         * @description Why nothing is sent to an e-mail address any more.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Dropped: "bounced" | "complained";
        /**
         * DroppedEmailOut
         * @description An e-mail address to which nothing is sent any more.
         * @example {
         *       "at": "2027-03-08T10:30:00Z",
         *       "email": "anna@voorbeeld.be",
         *       "why": "bounced"
         *     }
         */
        DroppedEmailOut: {
            /**
             * Format: date-time
             * @description Since when nothing is sent to it, an instant in UTC.
             */
            at: string;
            /** @description The address, as it was confirmed. */
            email: string;
            /** @description Why nothing is sent to it any more. */
            why: components["schemas"]["Dropped"];
        };
        /**
         * EmailCode
         * @description The code that was sent to an e-mail address.
         * @example {
         *       "code": "402817"
         *     }
         */
        EmailCode: {
            /** @description The six digits of the e-mail. */
            code: string;
        };
        /**
         * EmailStart
         * @description An e-mail address that shall be confirmed.
         * @example {
         *       "email": "anna.peeters@voorbeeld.be"
         *     }
         */
        EmailStart: {
            /** @description The e-mail address that is to be theirs. */
            email: string;
        };
        /**
         * EmailStarted
         * @description A code is on its way.
         * @example {
         *       "email": "anna.peeters@voorbeeld.be",
         *       "until": "2027-03-08T10:45:00Z"
         *     }
         */
        EmailStarted: {
            /** @description The address, in the form in which it is kept. */
            email: string;
            /**
             * Format: date-time
             * @description Until when the code is good, an instant in UTC.
             */
            until: string;
        };
        /**
         * @description For which of Apple's environments the app was built.
         * @enum {string}
         */
        Environment: "production" | "sandbox";
        /**
         * Here
         * @description Where the phone is. It is compared with where the location is, and not kept.
         * @example {
         *       "latitude": 50.9817,
         *       "longitude": 3.5306
         *     }
         */
        Here: {
            /**
             * Format: double
             * @description WGS84; needed where the location says where it is.
             */
            latitude?: number;
            /**
             * Format: double
             * @description The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
             */
            longitude?: number;
        };
        /**
         * InboxChanges
         * @description What changed in the inbox and the archive.
         * @example {
         *       "cursor": "Y2hhbmdlcyAxODA0NTAxNTAwMDAwMDAwIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw",
         *       "kept_since": "2025-03-08T10:00:00Z",
         *       "messages": [
         *         {
         *           "action": {
         *             "label": "Afspraak maken",
         *             "link": "https://deinze.example/afspraak"
         *           },
         *           "body": "Maak een afspraak bij Burgerzaken en breng je kind mee. Voor een Kids-ID krijg je geen oproepingsbrief.\n\nBreng mee:\nJe kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.\n\nHoelang het duurt:\nTen hoogste drie weken.\n\nVragen? Deinze, 09 000 00 00, burgerzaken@deinze.example",
         *           "created_at": "2027-03-03T09:00:00Z",
         *           "deep_link": "/documents/01935c3e-0000-7000-8000-000000000104",
         *           "id": "01935c3e-0000-7000-8000-00000000011e",
         *           "kind": "document_reminder",
         *           "read_at": "2027-03-03T09:30:00Z",
         *           "title": "Kids-ID van Emma vervalt op 1 juni 2027"
         *         },
         *         {
         *           "body": "Donderdag van 9 tot 12 uur is er geen water in de Kouter.",
         *           "created_at": "2027-03-03T09:00:00Z",
         *           "deep_link": "/announcements/01935c3e-0000-7000-8000-000000000008",
         *           "id": "01935c3e-0000-7000-8000-00000000011f",
         *           "kind": "announcement",
         *           "read_at": "2027-03-03T09:30:00Z",
         *           "title": "Geen water in de Kouter"
         *         },
         *         {
         *           "body": "Wanneer: 8 maart 2027 om 9.00 uur\nWaar: Stadhuis, Markt 1, 9800 Deinze\nWaarvoor: Kids-ID aanvragen\n\nWe houden deze plaats voor je vast tot 3 maart 2027 om 11.30 uur. Bevestig in de app. Doe je niets, dan gaat de plaats naar de volgende op de wachtlijst.\n\nVoor wie: Anna, Emma (Kids-ID)\n\nEen ouder en het kind komen samen.\n\nBreng mee: Je kind en een recente pasfoto.\nVoor Emma (Kids-ID): Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.\n\nToegang: Ingang zonder drempel links van de trap.",
         *           "created_at": "2027-03-03T09:30:00Z",
         *           "deep_link": "/appointments/01935c3e-0000-7000-8000-000000000120",
         *           "id": "01935c3e-0000-7000-8000-000000000121",
         *           "kind": "appointment",
         *           "title": "Er kwam een plaats vrij: 8 maart 2027 om 9.00 uur",
         *           "withdrawn_at": "2027-03-08T08:50:00Z"
         *         }
         *       ],
         *       "more": false
         *     }
         */
        InboxChanges: {
            /** @description Keep it, and send it as `cursor` the next time. */
            cursor: string;
            /**
             * Format: date-time
             * @description Messages from before this instant in UTC are not kept any more: remove them.
             */
            kept_since: string;
            /**
             * @description The messages that are new or changed since, each as it is now: put each in the place of the one with its id, in the archive where it
             *     has `archived_at`. One may be here that you know already.
             */
            messages: components["schemas"]["MessageOut"][];
            /** @description Whether there is more by now: ask again with this cursor. */
            more: boolean;
        };
        /**
         * @description A language that the app and its messages speak.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Language: "nl" | "fr" | "de" | "en";
        /**
         * LeastVersionOut
         * @description The oldest version of an app that is still to be used. An older one says so, leads to the store, and shows only what it kept.
         * @example {
         *       "store": "https://apps.apple.com/be/app/id1234567890",
         *       "version": "2.1.0"
         *     }
         */
        LeastVersionOut: {
            /** @description The app's page in its store, `https`. */
            store: string;
            /** @description Up to four numbers with points between, such as `2.1.0`; they are compared number by number. */
            version: string;
        };
        /**
         * @description How sure the identity provider is of who signed in: the levels of assurance of eIDAS (Regulation 910/2014,
         *     article 8). What a provider says is mapped by configuration; what is not mapped is low.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Level: "low" | "substantial" | "high";
        /**
         * LiveIn
         * @description By which iOS lets a Live Activity be updated.
         * @example {
         *       "token": "80d1f7a2b3c4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e"
         *     }
         */
        LiveIn: {
            /** @description The activity's push token (`pushTokenUpdates`), in hex. Say each new one that iOS gives. */
            token: string;
        };
        /**
         * LocationOut
         * @description A location: when it is open, and how long one waits.
         * @example {
         *       "accessibility": "Ingang zonder drempel links van de trap.",
         *       "address": "Markt 1, 9800 Deinze",
         *       "closures": [
         *         {
         *           "from": "2027-03-15T07:00:00Z",
         *           "until": "2027-03-15T12:00:00Z"
         *         }
         *       ],
         *       "exceptions": [
         *         {
         *           "day": "2027-03-15"
         *         },
         *         {
         *           "day": "2027-03-22"
         *         },
         *         {
         *           "day": "2027-03-29"
         *         }
         *       ],
         *       "id": "01935c3e-0000-7000-8000-000000000002",
         *       "is_open": true,
         *       "is_stopped": false,
         *       "kind": "town_hall",
         *       "latitude": 50.9817,
         *       "longitude": 3.5306,
         *       "name": "Stadhuis",
         *       "opening": [
         *         {
         *           "from": "2027-03-08T08:00:00Z",
         *           "until": "2027-03-08T11:00:00Z"
         *         }
         *       ],
         *       "phone": "09 000 00 00",
         *       "quiet_hours": [],
         *       "services": [
         *         {
         *           "id": "01935c3e-0000-7000-8000-000000000001",
         *           "name": "Kids-ID aanvragen",
         *           "opening": [
         *             {
         *               "from": "2027-03-08T08:00:00Z",
         *               "until": "2027-03-08T11:00:00Z"
         *             }
         *           ],
         *           "wait_minutes": 0,
         *           "waiting": 0
         *         }
         *       ],
         *       "waiting": 0,
         *       "waits": {
         *         "half": 0,
         *         "nine_in_ten": 0
         *       }
         *     }
         */
        LocationOut: {
            /** @description How it can be entered, in the citizen's language. */
            accessibility: string;
            /** @description The address, to show and to look up on a map; empty where one does not go there. */
            address: string;
            /** @description When it is closed for a sudden reason, now or later. */
            closures: components["schemas"]["OpenOut"][];
            /** @description The times of the days of the next month that are unlike their weekday, in order: holidays and sudden closings too. */
            exceptions: components["schemas"]["UnlikeOut"][];
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The id of the location, a UUID.
             */
            id: string;
            /** @description Whether it is open now, and receives people. */
            is_open: boolean;
            /** @description Whether it would be open now, and is interrupted for a moment: nobody is called, and no numbers are given. */
            is_stopped: boolean;
            /** @description `town_hall`, `home`, `telephone` or `video`. */
            kind: string;
            /**
             * Format: double
             * @description The latitude of the location, in degrees (WGS84); absent where it is not known.
             */
            latitude?: number;
            /**
             * Format: double
             * @description The longitude of the location, in degrees (WGS84); absent where it is not known.
             */
            longitude?: number;
            /** @description Its name, in the citizen's language. */
            name: string;
            /** @description When it is open, today and on the six days after, sudden closings taken out; in order. */
            opening: components["schemas"]["OpenOut"][];
            /**
             * Format: date-time
             * @description When it opens next; absent while it is open or interrupted, and where nobody knows.
             */
            opens_at?: string;
            /** @description The telephone number of the town. */
            phone: string;
            /** @description The hours of today, from 0 to 23, in which one usually waits little; empty where that is not known, or one never waits long. */
            quiet_hours: number[];
            /** @description What is served there. */
            services: components["schemas"]["ServedOut"][];
            /**
             * Format: int64
             * @description How many wait there now.
             */
            waiting: number;
            /** @description How long one waited today; absent while too few were called. */
            waits?: components["schemas"]["WaitsOut"];
        };
        /**
         * MaintenanceOut
         * @description A time in which everything else is answered 503 (`maintenance`). An app says so before and meanwhile, and shows what it kept.
         * @example {
         *       "from": "2027-03-13T21:00:00Z",
         *       "until": "2027-03-13T23:00:00Z"
         *     }
         */
        MaintenanceOut: {
            /**
             * Format: date-time
             * @description When it begins, an instant in UTC; it goes on where that is past.
             */
            from: string;
            /**
             * Format: date-time
             * @description When it ends, an instant in UTC.
             */
            until: string;
        };
        /**
         * MandateAsk
         * @description What somebody would do for the citizen who told them a code.
         * @example {
         *       "code": "30718264",
         *       "kinds": [
         *         "documents",
         *         "visits",
         *         "messages"
         *       ],
         *       "mode": "represent",
         *       "until_on": "2028-03-07",
         *       "verbs": [
         *         "see",
         *         "be_told",
         *         "book"
         *       ]
         *     }
         */
        MandateAsk: {
            /** @description The code, eight digits. */
            code: string;
            /** @description The kinds of things that the holder may do it with. */
            kinds: components["schemas"]["MandateKind"][];
            /** @description How far it is to go. With a mandate to assist, what the helper books or moves waits for the citizen's yes (`list_deeds`). */
            mode: components["schemas"]["MandateMode"];
            /**
             * Format: date
             * @description Its last day, at most 24 months from today. It begins when it is accepted.
             */
            until_on: string;
            /** @description What they would do, each of them with each of `kinds`. */
            verbs: components["schemas"]["MandateVerb"][];
        };
        /**
         * MandateAskedOut
         * @description A mandate that was asked for.
         * @example {
         *       "id": "01935c3e-0000-7000-8000-000000000124"
         *     }
         */
        MandateAskedOut: {
            /**
             * What somebody was given to do for somebody else.
             * Format: uuid
             * @description The id of the mandate, a UUID.
             */
            id: string;
        };
        /**
         * @description By what somebody acts for somebody else.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateBasis: "parent" | "given" | "court_person" | "court_goods" | "care_proxy" | "counter_once";
        /**
         * MandateChildOut
         * @description A minor child for whom the citizen acts as a parent, by what the register says.
         * @example {
         *       "kinds": [
         *         "documents",
         *         "visits",
         *         "cases"
         *       ],
         *       "name": "Emma",
         *       "of_age_on": "2037-04-04",
         *       "resident_id": "01935c3e-0000-7000-8000-000000000113",
         *       "verbs": [
         *         "see",
         *         "be_told",
         *         "book"
         *       ]
         *     }
         */
        MandateChildOut: {
            /** @description The kinds of things that the holder may do it with. */
            kinds: components["schemas"]["MandateKind"][];
            /** @description The first name of the child. */
            name: string;
            /**
             * Format: date
             * @description The day on which the child comes of age, and this ends; absent where the register knows no birth date.
             */
            of_age_on?: string;
            /**
             * A resident in a municipality's register.
             * Format: uuid
             * @description The id of the child, which `Acting-For` takes.
             */
            resident_id: string;
            /** @description What the citizen may do, each of them with each of `kinds`. */
            verbs: components["schemas"]["MandateVerb"][];
        };
        /**
         * MandateCodeOut
         * @description A code with which somebody asks the citizen for a mandate.
         * @example {
         *       "code": "30718264",
         *       "expires_at": "2027-03-08T11:40:00Z"
         *     }
         */
        MandateCodeOut: {
            /** @description Eight digits, to be told to who is to act for the citizen. It is good once. */
            code: string;
            /**
             * Format: date-time
             * @description Until when it is good, an instant in UTC.
             */
            expires_at: string;
        };
        /**
         * @description Why a mandate is over.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateEnd: "refused" | "withdrawn" | "revoked" | "staff" | "date" | "gone";
        /**
         * @description With what a mandate lets its holder do it.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateKind: "documents" | "visits" | "messages" | "cases";
        /**
         * @description How far a mandate goes.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateMode: "represent" | "assist";
        /**
         * MandateOut
         * @description A mandate.
         * @example {
         *       "accepted_at": "2027-03-08T10:30:00Z",
         *       "asked_at": "2027-03-08T10:30:00Z",
         *       "basis": "given",
         *       "from_on": "2027-03-08",
         *       "id": "01935c3e-0000-7000-8000-000000000125",
         *       "kinds": [
         *         "documents",
         *         "visits"
         *       ],
         *       "mode": "represent",
         *       "name": "Mehmet Willems",
         *       "resident_id": "01935c3e-0000-7000-8000-00000000011b",
         *       "state": "active",
         *       "until_on": "2028-03-07",
         *       "verbs": [
         *         "see",
         *         "book"
         *       ]
         *     }
         */
        MandateOut: {
            /**
             * Format: date-time
             * @description When it was accepted, given or confirmed, an instant in UTC; absent where it was not.
             */
            accepted_at?: string;
            /**
             * Format: date-time
             * @description When it was asked for or written down, an instant in UTC.
             */
            asked_at: string;
            /** @description By what one acts for the other. */
            basis: components["schemas"]["MandateBasis"];
            /**
             * Format: date-time
             * @description When it was over, an instant in UTC; absent where it is not.
             */
            ended_at?: string;
            /** @description Why it is over; absent where it is not. */
            ended_why?: components["schemas"]["MandateEnd"];
            /**
             * Format: date
             * @description The first day on which it holds.
             */
            from_on: string;
            /**
             * What somebody was given to do for somebody else.
             * Format: uuid
             * @description The id of the mandate, a UUID.
             */
            id: string;
            /** @description The kinds of things that the holder may do it with. */
            kinds: components["schemas"]["MandateKind"][];
            /** @description How far it goes. */
            mode: components["schemas"]["MandateMode"];
            /** @description What the other is called: the first given name and the family name; empty for who is in the register no more. */
            name: string;
            /**
             * A resident in a municipality's register.
             * Format: uuid
             * @description The id of the other of the two. Where the citizen acts for them, `Acting-For` takes it.
             */
            resident_id: string;
            /** @description How it stands. It gives something while it is `active`, from its first day to its last. */
            state: components["schemas"]["MandateState"];
            /**
             * Format: date
             * @description Its last day; absent for no end.
             */
            until_on?: string;
            /** @description What may be done, each of them with each of `kinds`. */
            verbs: components["schemas"]["MandateVerb"][];
        };
        /**
         * MandatePage
         * @description A page of the citizen's mandates.
         * @example {
         *       "children": [
         *         {
         *           "kinds": [
         *             "documents",
         *             "visits",
         *             "cases"
         *           ],
         *           "name": "Emma",
         *           "of_age_on": "2037-04-04",
         *           "resident_id": "01935c3e-0000-7000-8000-000000000113",
         *           "verbs": [
         *             "see",
         *             "be_told",
         *             "book"
         *           ]
         *         }
         *       ],
         *       "mandates": []
         *     }
         */
        MandatePage: {
            /** @description The citizen's minor children, on the first page of those that they hold; empty on all others. */
            children: components["schemas"]["MandateChildOut"][];
            /** @description The mandates of this page, by the name of the other. */
            mandates: components["schemas"]["MandateOut"][];
            /** @description Send it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
        };
        /**
         * @description Which of somebody's mandates are listed.
         * @enum {string}
         */
        MandateSide: "given" | "held";
        /**
         * @description How a mandate stands.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateState: "asked" | "proposed" | "active" | "refused" | "ended";
        /**
         * @description What a mandate lets its holder do for somebody else.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        MandateVerb: "see" | "be_told" | "book" | "ask";
        /**
         * MessageOut
         * @description A message.
         * @example {
         *       "action": {
         *         "label": "Afspraak maken",
         *         "link": "https://deinze.example/afspraak"
         *       },
         *       "body": "Maak een afspraak bij Burgerzaken en breng je kind mee. Voor een Kids-ID krijg je geen oproepingsbrief.\n\nBreng mee:\nJe kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.\n\nHoelang het duurt:\nTen hoogste drie weken.\n\nVragen? Deinze, 09 000 00 00, burgerzaken@deinze.example",
         *       "created_at": "2027-03-03T09:00:00Z",
         *       "deep_link": "/documents/01935c3e-0000-7000-8000-000000000104",
         *       "id": "01935c3e-0000-7000-8000-00000000011e",
         *       "kind": "document_reminder",
         *       "read_at": "2027-03-03T09:30:00Z",
         *       "title": "Kids-ID van Emma vervalt op 1 juni 2027"
         *     }
         */
        MessageOut: {
            /** @description What can be done at once. */
            action?: components["schemas"]["ActionOut"];
            /**
             * Format: date-time
             * @description When it was archived.
             */
            archived_at?: string;
            /** @description Plain text, paragraphs apart by an empty line. */
            body: string;
            /**
             * Format: date-time
             * @description When the message was written, an instant in UTC; lists are in this order.
             */
            created_at: string;
            /** @description Where the app goes from here, as a path. */
            deep_link: string;
            /**
             * A message in a citizen's inbox.
             * Format: uuid
             * @description Its id; also `message_id` in the push that told of it.
             */
            id: string;
            /** @description What kind of message it is, such as `document_reminder`. An app shows kinds it does not know as plain text. */
            kind: string;
            /**
             * Format: date-time
             * @description When it was read.
             */
            read_at?: string;
            /** @description The title of the message: one line of plain text. */
            title: string;
            /**
             * Format: date-time
             * @description When the town took it back: show it as what does not hold any more.
             */
            withdrawn_at?: string;
        };
        /**
         * MessagePage
         * @description A page of messages.
         * @example {
         *       "messages": [
         *         {
         *           "body": "Wanneer: 5 april 2027 om 11.30 uur\nWaar: Stadhuis, Markt 1, 9800 Deinze\nWaarvoor: Kids-ID aanvragen\nZeg aan het loket: K7M-3QX\n\nVoor wie: Emma (Kids-ID)\n\nEen ouder en het kind komen samen.\n\nBreng mee: Je kind en een recente pasfoto.\nVoor Emma (Kids-ID): Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.\n\nToegang: Ingang zonder drempel links van de trap.",
         *           "created_at": "2027-03-08T10:30:00Z",
         *           "deep_link": "/appointments/01935c3e-0000-7000-8000-000000000127",
         *           "id": "01935c3e-0000-7000-8000-000000000128",
         *           "kind": "appointment",
         *           "title": "Je afspraak op 5 april 2027 om 11.30 uur"
         *         },
         *         {
         *           "body": "Je handelt als ouder weer voor Emma Zonnebloem bij Deinze.",
         *           "created_at": "2027-03-08T10:30:00Z",
         *           "deep_link": "/mandates",
         *           "id": "01935c3e-0000-7000-8000-000000000129",
         *           "kind": "mandate",
         *           "title": "Je handelt weer voor Emma Zonnebloem"
         *         }
         *       ],
         *       "next_cursor": "aW5ib3ggMTgwNDA2NTYwMDAwMDAwMCAwMTkzNWMzZQ"
         *     }
         */
        MessagePage: {
            /** @description The messages of this page, the newest first. */
            messages: components["schemas"]["MessageOut"][];
            /** @description Send it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
        };
        /**
         * MunicipalityOut
         * @description A municipality that the app may offer.
         * @example {
         *       "app": {
         *         "ios": {
         *           "store": "https://apps.apple.com/be/app/id1234567890",
         *           "version": "2.1.0"
         *         }
         *       },
         *       "contact": {
         *         "email": "burgerzaken@gavere.example",
         *         "phone": "09 000 00 00",
         *         "web": "https://gavere.example/afspraak"
         *       },
         *       "key": "gavere",
         *       "languages": [
         *         "nl"
         *       ],
         *       "maintenance": {
         *         "from": "2027-03-13T21:00:00Z",
         *         "until": "2027-03-13T23:00:00Z"
         *       },
         *       "names": [
         *         {
         *           "language": "nl",
         *           "name": "Gavere"
         *         },
         *         {
         *           "language": "fr",
         *           "name": "Gavere"
         *         }
         *       ],
         *       "nis_code": "44020",
         *       "postcodes": [
         *         "9890"
         *       ],
         *       "providers": [
         *         "town",
         *         "fas",
         *         "itsme"
         *       ]
         *     }
         */
        MunicipalityOut: {
            /** @description Which versions of the app are still to be used. */
            app: components["schemas"]["AppOut"];
            /** @description How citizens reach the town hall. */
            contact: components["schemas"]["ContactOut"];
            /** @description Its key, to be sent when a sign-in starts. */
            key: string;
            /** @description The languages of the town, its first first. */
            languages: components["schemas"]["Language"][];
            /** @description When the server is closed for planned work; absent where none is planned for the next seven days. */
            maintenance?: components["schemas"]["MaintenanceOut"];
            /** @description Its name in each language it has one. */
            names: components["schemas"]["NameOut"][];
            /** @description Its NIS code (Statbel). */
            nis_code: string;
            /** @description Its postcodes; one may belong to several municipalities. */
            postcodes: string[];
            /** @description The ways in which its citizens may sign in, the usual first: names to send as `provider` when a sign-in starts. */
            providers: string[];
        };
        /**
         * MyAnnouncementOut
         * @description An announcement, as its reader has it.
         * @example {
         *       "id": "01935c3e-0000-7000-8000-000000000008",
         *       "language": "nl",
         *       "published_at": "2027-03-03T09:00:00Z",
         *       "text": "Donderdag van 9 tot 12 uur is er geen water in de Kouter.",
         *       "title": "Geen water in de Kouter",
         *       "topic": "works",
         *       "valid_until": "2027-03-04T18:00:00Z",
         *       "withdrawn": false
         *     }
         */
        MyAnnouncementOut: {
            /**
             * Format: date-time
             * @description When what it announces begins.
             */
            begins_at?: string;
            /**
             * Format: date-time
             * @description When what it announces ends, an instant in UTC; absent where that was not said.
             */
            ends_at?: string;
            /**
             * An announcement.
             * Format: uuid
             * @description Its id; also in `deep_link` of the message that told of it.
             */
            id: string;
            /** @description What the image shows, where there is one: fetch it at `/v1/announcements/{id}/image`. */
            image_text?: string;
            /** @description The language of its text: the reader's, or the town's first that it has. */
            language: components["schemas"]["Language"];
            /** @description Where to read more. */
            link?: string;
            /** @description Where it happens, as plain text; absent where that was not said. */
            place?: string;
            /**
             * Format: date-time
             * @description When it came out.
             */
            published_at: string;
            /** @description Text, in a part of CommonMark: paragraphs, emphasis, lists, and links to `https:`, `mailto:` and `tel:`. */
            text: string;
            /** @description The title of the announcement: one line of plain text. */
            title: string;
            /** @description What it is about. */
            topic: string;
            /**
             * Format: date-time
             * @description Until when it is worth showing.
             */
            valid_until: string;
            /** @description Whether the town took it back: show it as what does not hold any more. */
            withdrawn: boolean;
        };
        /**
         * MyAuditOut
         * @description What somebody did with the citizen's data.
         * @example {
         *       "at": "2027-03-08T10:30:00Z",
         *       "id": "01935c3e-0000-7000-8000-00000000012c",
         *       "what": "Een medewerker van Deinze noteerde dat een ouder niet handelt voor een kind.",
         *       "why": "Om een aanvraag van jou te behandelen."
         *     }
         */
        MyAuditOut: {
            /**
             * Format: date-time
             * @description When it was done, an instant in UTC.
             */
            at: string;
            /** @description The first name of the minor child whose data it was; absent for the citizen's own. */
            child?: string;
            /**
             * An entry of the audit trail.
             * Format: uuid
             * @description The id of the entry, a UUID.
             */
            id: string;
            /** @description What was done and by whom, in the citizen's language. */
            what: string;
            /** @description Why, in the citizen's language; absent where no reason is asked. */
            why?: string;
        };
        /**
         * MyAuditPage
         * @description A page of the citizen's list.
         * @example {
         *       "entries": [
         *         {
         *           "at": "2027-03-08T10:30:00Z",
         *           "id": "01935c3e-0000-7000-8000-00000000012d",
         *           "what": "Een medewerker van Deinze bekeek wie voor je handelt en voor wie jij handelt.",
         *           "why": "Je was aan het loket."
         *         },
         *         {
         *           "at": "2027-03-08T10:30:00Z",
         *           "id": "01935c3e-0000-7000-8000-00000000012e",
         *           "what": "Een ouder handelt weer voor een kind, volgens Deinze.",
         *           "why": "Je was aan het loket."
         *         },
         *         {
         *           "at": "2027-03-08T10:30:00Z",
         *           "id": "01935c3e-0000-7000-8000-00000000012c",
         *           "what": "Een medewerker van Deinze noteerde dat een ouder niet handelt voor een kind.",
         *           "why": "Om een aanvraag van jou te behandelen."
         *         }
         *       ],
         *       "next_cursor": "aW5ib3ggMTgwNDA2NTYwMDAwMDAwMCAwMTkzNWMzZQ"
         *     }
         */
        MyAuditPage: {
            /** @description The entries of this page, the newest first. */
            entries: components["schemas"]["MyAuditOut"][];
            /** @description Send it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
        };
        /**
         * NameOut
         * @description A name in a language.
         * @example {
         *       "language": "fr",
         *       "name": "Gavere"
         *     }
         */
        NameOut: {
            /** @description The language in which the name is written. */
            language: components["schemas"]["Language"];
            /** @description The name of the municipality in that language. */
            name: string;
        };
        /**
         * @description Who must be there, where a document is a child's.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Needs: "citizen" | "parent" | "both";
        /**
         * NumberWish
         * @description What somebody without an appointment comes for.
         * @example {
         *       "latitude": 50.9817,
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "longitude": 3.5306,
         *       "persons": 1,
         *       "service_id": "01935c3e-0000-7000-8000-000000000001"
         *     }
         */
        NumberWish: {
            /**
             * Format: double
             * @description WGS84, of the phone; needed where the location says where it is. It is not kept.
             */
            latitude?: number;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The location where the citizen stands, an `id` of `locations` from `GET /v1/services`.
             */
            location_id: string;
            /**
             * Format: double
             * @description The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
             */
            longitude?: number;
            /**
             * Format: int64
             * @description How many came; one if it is not said.
             */
            persons?: number;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The service that the citizen comes for, an `id` from `GET /v1/services`.
             */
            service_id: string;
        };
        /**
         * OfferOut
         * @description What a town offers.
         * @example {
         *       "locations": [
         *         {
         *           "accessibility": "Ingang zonder drempel links van de trap.",
         *           "address": "Markt 1, 9800 Deinze",
         *           "id": "01935c3e-0000-7000-8000-000000000002",
         *           "kind": "town_hall",
         *           "latitude": 50.9817,
         *           "longitude": 3.5306,
         *           "name": "Stadhuis",
         *           "opening": [
         *             {
         *               "from": "2027-03-08T08:00:00Z",
         *               "until": "2027-03-08T11:00:00Z"
         *             }
         *           ]
         *         }
         *       ],
         *       "services": [
         *         {
         *           "bring": "Je kind en een recente pasfoto.",
         *           "collecting": false,
         *           "document_kinds": [
         *             "kids_id"
         *           ],
         *           "explanation": "Een identiteitskaart voor een kind jonger dan 12.",
         *           "horizon_days": 60,
         *           "id": "01935c3e-0000-7000-8000-000000000001",
         *           "least_notice_minutes": 120,
         *           "minutes": 15,
         *           "minutes_a_person_more": 10,
         *           "most_open": 2,
         *           "most_persons": 4,
         *           "name": "Kids-ID aanvragen",
         *           "needs": "both"
         *         }
         *       ]
         *     }
         */
        OfferOut: {
            /** @description The locations where services can be booked. */
            locations: components["schemas"]["PlaceOut"][];
            /** @description What can be booked. */
            services: components["schemas"]["ServiceOut"][];
        };
        /**
         * OpenOut
         * @description A time at which a location is open.
         * @example {
         *       "from": "2027-03-08T08:00:00Z",
         *       "until": "2027-03-08T11:00:00Z"
         *     }
         */
        OpenOut: {
            /**
             * Format: date-time
             * @description The instant from which it is open, in UTC.
             */
            from: string;
            /**
             * Format: date-time
             * @description Up to this one.
             */
            until: string;
        };
        /**
         * PasskeyAdded
         * @description A passkey that was added.
         * @example {
         *       "id": "01935c3e-0000-7000-8000-00000000012f"
         *     }
         */
        PasskeyAdded: {
            /**
             * A passkey of a citizen.
             * Format: uuid
             * @description The id of the passkey.
             */
            id: string;
        };
        /**
         * PasskeyCreation
         * @description What to ask the phone for a new passkey.
         * @example {
         *       "challenge": "h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI",
         *       "exclude_credential_ids": [],
         *       "expires_at": "2027-03-08T10:35:00Z",
         *       "request_json": "{\"challenge\":\"h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI\",\"timeout\":300000,…}",
         *       "rp_id": "app.example",
         *       "user_id": "m4vQw0J9sYb2Lr7TzXkHc5nEfPdGi1oUa8BtSy6RqWM",
         *       "user_name": "Deinze"
         *     }
         */
        PasskeyCreation: {
            /** @description The challenge, in base64url: 32 bytes. It is good once, in this session. */
            challenge: string;
            /** @description The ids of the citizen's passkeys, in base64url: a phone that has one of them needs no other. */
            exclude_credential_ids: string[];
            /**
             * Format: date-time
             * @description Until when it is good, an instant in UTC.
             */
            expires_at: string;
            /** @description All of it as one JSON text (`PublicKeyCredentialCreationOptionsJSON`), as Android's Credential Manager and browsers take it. */
            request_json: string;
            /** @description The relying party: the domain for which the app has `webcredentials`. */
            rp_id: string;
            /** @description The user handle, in base64url: 32 bytes that say nothing about the citizen. */
            user_id: string;
            /** @description The name under which the phone keeps it: the municipality's. */
            user_name: string;
        };
        /**
         * PasskeyName
         * @description What a passkey is called.
         * @example {
         *       "name": "Pixel 9 van Anna"
         *     }
         */
        PasskeyName: {
            /** @description What the citizen calls it, such as "Pixel 9 of Anna". */
            name: string;
        };
        /**
         * PasskeyNew
         * @description A passkey that the phone made.
         * @example {
         *       "attestation_object": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikyxB-Y8NbKjTJuAYkP3p7tSgG",
         *       "client_data_json": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiaDBSeGtCbmtVNEY5aEpVQldtZmVJOWJGSWdTLXlMbDdBV1VwTlcwcEpzSSJ9",
         *       "name": "Pixel 9 van Anna"
         *     }
         */
        PasskeyNew: {
            /** @description `response.attestationObject` of the answer, in base64url without padding. */
            attestation_object: string;
            /** @description `response.clientDataJSON` of the answer, in base64url without padding. */
            client_data_json: string;
            /** @description What the citizen calls it, such as "Pixel 9 of Anna". */
            name: string;
        };
        /**
         * PasskeyOut
         * @description A passkey of the citizen.
         * @example {
         *       "created_at": "2027-03-08T10:30:00Z",
         *       "credential_id": "BoW-x6s03zHddhuwkjoulUpjhgs",
         *       "id": "01935c3e-0000-7000-8000-00000000012f",
         *       "last_used_at": "2027-03-08T10:30:00Z",
         *       "level": "substantial",
         *       "level_until": "2027-06-06T10:30:00Z",
         *       "name": "Pixel 9 van Anna",
         *       "synced": false
         *     }
         */
        PasskeyOut: {
            /**
             * Format: date-time
             * @description When it was added, an instant in UTC.
             */
            created_at: string;
            /** @description What its authenticator calls it (`credential.id`), in base64url. */
            credential_id: string;
            /**
             * A passkey of a citizen.
             * Format: uuid
             * @description The id of the passkey, which `PUT` and `DELETE /v1/passkeys/{passkey_id}` take.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the citizen last stepped up with it; absent where they never did.
             */
            last_used_at?: string;
            /** @description The level that it gives now; absent where it gives none until the citizen was at the identity provider again. */
            level?: components["schemas"]["Level"];
            /**
             * Format: date-time
             * @description Until when it gives that level, an instant in UTC: the identity provider must be seen again by then. Absent where `level` is.
             */
            level_until?: string;
            /** @description What the citizen calls it. */
            name: string;
            /** @description Whether the system may copy it to other devices of the citizen. One that is copied gives `substantial` at most. */
            synced: boolean;
        };
        /**
         * PasskeyRequest
         * @description What to ask the phone to sign.
         * @example {
         *       "allow_credential_ids": [
         *         "BoW-x6s03zHddhuwkjoulUpjhgs"
         *       ],
         *       "challenge": "h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI",
         *       "expires_at": "2027-03-08T10:35:00Z",
         *       "request_json": "{\"challenge\":\"h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI\",\"timeout\":300000,…}",
         *       "rp_id": "app.example"
         *     }
         */
        PasskeyRequest: {
            /** @description The ids of the passkeys that give the level, in base64url; never none. */
            allow_credential_ids: string[];
            /** @description The challenge, in base64url: 32 bytes. It is good once, in this session. */
            challenge: string;
            /**
             * Format: date-time
             * @description Until when it is good, an instant in UTC.
             */
            expires_at: string;
            /** @description All of it as one JSON text (`PublicKeyCredentialRequestOptionsJSON`), as Android's Credential Manager and browsers take it. */
            request_json: string;
            /** @description The relying party: the domain for which the app has `webcredentials`. */
            rp_id: string;
        };
        /**
         * PasskeySigned
         * @description What the phone signed with a passkey.
         * @example {
         *       "authenticator_data": "yxB-Y8NbKjTJuAYkP3p7tSgGhF2vXwEm0cQ3bJ5dYk0FAAAAAg",
         *       "client_data_json": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiaDBSeGtCbmtVNEY5aEpVQldtZmVJOWJGSWdTLXlMbDdBV1VwTlcwcEpzSSJ9",
         *       "credential_id": "W8m2Vf3kQeK0n5tZr1cYbA9uHdE",
         *       "signature": "MEUCIQDx9n8Y2vE0mJqk5c7tZl3bYyq4W1dGf6sKpVhR2uXnTwIgB0a7oE9cHj5mSx3LrD8kUvY1fZq6tN2wPiKgM4eCsQk",
         *       "user_handle": "m4vQw0J9sYb2Lr7TzXkHc5nEfPdGi1oUa8BtSy6RqWM"
         *     }
         */
        PasskeySigned: {
            /** @description `response.authenticatorData` of the answer, in base64url without padding. */
            authenticator_data: string;
            /** @description `response.clientDataJSON` of the answer, in base64url without padding. */
            client_data_json: string;
            /** @description `id` of the answer: which passkey it was, in base64url without padding. */
            credential_id: string;
            /** @description `response.signature` of the answer, in base64url without padding. */
            signature: string;
            /** @description `response.userHandle` of the answer, in base64url without padding; left out where there is none. */
            user_handle?: string;
        };
        /**
         * PasskeyWish
         * @description What a citizen would step up to with a passkey.
         * @example {
         *       "level": "high"
         *     }
         */
        PasskeyWish: {
            /** @description The level that was asked: `required_level` of the refusal. */
            level: components["schemas"]["Level"];
        };
        /**
         * PasskeysOut
         * @description The citizen's passkeys.
         * @example {
         *       "available": true,
         *       "passkeys": [
         *         {
         *           "created_at": "2027-03-08T10:30:00Z",
         *           "credential_id": "BoW-x6s03zHddhuwkjoulUpjhgs",
         *           "id": "01935c3e-0000-7000-8000-00000000012f",
         *           "last_used_at": "2027-03-08T10:30:00Z",
         *           "level": "substantial",
         *           "level_until": "2027-06-06T10:30:00Z",
         *           "name": "Pixel 9 van Anna",
         *           "synced": false
         *         }
         *       ]
         *     }
         */
        PasskeysOut: {
            /** @description Whether this installation takes passkeys. Where it does not, those that there are can be removed, and nothing else. */
            available: boolean;
            /** @description Those that there are, the first added first. */
            passkeys: components["schemas"]["PasskeyOut"][];
        };
        /**
         * PastPage
         * @description A page of visits that are over or off.
         * @example {
         *       "appointments": []
         *     }
         */
        PastPage: {
            /** @description The visits of this page, the latest first. */
            appointments: components["schemas"]["AppointmentOut"][];
            /** @description Send it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
        };
        /**
         * PendingEmailOut
         * @description An e-mail address to which a code was sent that did not come back yet.
         * @example {
         *       "bounced": false,
         *       "email": "anna.peeters@voorbeeld.be",
         *       "until": "2027-03-08T10:45:00Z"
         *     }
         */
        PendingEmailOut: {
            /** @description Whether the address does not exist: no code arrives there. */
            bounced: boolean;
            /** @description The address that a code was sent to. */
            email: string;
            /**
             * Format: date-time
             * @description Until when the code is good, an instant in UTC.
             */
            until: string;
        };
        /**
         * PlaceOut
         * @description Where visits take place.
         * @example {
         *       "accessibility": "Ingang zonder drempel links van de trap.",
         *       "address": "Markt 1, 9800 Deinze",
         *       "id": "01935c3e-0000-7000-8000-000000000002",
         *       "kind": "town_hall",
         *       "latitude": 50.9817,
         *       "longitude": 3.5306,
         *       "name": "Stadhuis",
         *       "opening": [
         *         {
         *           "from": "2027-03-08T08:00:00Z",
         *           "until": "2027-03-08T11:00:00Z"
         *         }
         *       ]
         *     }
         */
        PlaceOut: {
            /** @description How it can be entered. */
            accessibility: string;
            /** @description The address, to show and to look up on a map. Of a `video` visit, its own link, which is nobody else's; where no visit is, empty. */
            address: string;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The id of the location, which bookings and starts name as `location_id`.
             */
            id: string;
            /** @description `town_hall`, `home`, `telephone` or `video`. */
            kind: string;
            /**
             * Format: double
             * @description The latitude of the location, in degrees (WGS84); absent where it is not known.
             */
            latitude?: number;
            /**
             * Format: double
             * @description The longitude of the location, in degrees (WGS84); absent where it is not known.
             */
            longitude?: number;
            /** @description Its name, in the citizen's language. */
            name: string;
            /** @description When it is open, today and on the six days after, sudden closings taken out; in order. Absent beside a visit. */
            opening?: components["schemas"]["OpenOut"][];
        };
        /**
         * @description The kind of phone.
         * @enum {string}
         */
        Platform: "ios" | "android";
        /**
         * PreferencesBody
         * @description What the citizen chose about being disturbed.
         * @example {
         *       "language": "nl",
         *       "muted": [],
         *       "quiet_from": 1260,
         *       "quiet_until": 480
         *     }
         */
        PreferencesBody: {
            /** @description The language of messages. */
            language: components["schemas"]["Language"];
            /** @description Kinds of news that do not disturb, whatever their importance; they are in the inbox all the same. */
            muted: components["schemas"]["Category"][];
            /**
             * Format: int32
             * @description Minutes after midnight of the town's clock from which the phone keeps still.
             */
            quiet_from: number;
            /**
             * Format: int32
             * @description Until then; the same as `quiet_from` for no quiet hours.
             */
            quiet_until: number;
        };
        /**
         * @description What a lock screen may show.
         * @enum {string}
         */
        Preview: "neutral" | "full";
        /**
         * Problem
         * @description What went wrong, for the app and its developers.
         * @example {
         *       "code": "body_invalid",
         *       "detail": "invalid type: integer `5`, expected a string",
         *       "field": "municipality",
         *       "request_id": "01935c3e-0000-7000-8000-000000000004",
         *       "status": 400,
         *       "title": "The body does not fit the operation's schema; `field` names the first fault.",
         *       "type": "/problems#body_invalid"
         *     }
         */
        Problem: {
            /** @description The stable code; see the list in the mobile contract. */
            code: string;
            /** @description What exactly, where it helps. Never personal data. */
            detail?: string;
            /**
             * Format: date-time
             * @description With `edited_meanwhile` of a plan and `batch_printed`: when they did it, an instant in UTC; absent where that is not kept.
             */
            edited_at?: string;
            /**
             * @description With `edited_meanwhile` of a plan, `batch_printed`, `closed_differently` and a call that a colleague has: the name of that member of staff; absent
             *     where it is not kept.
             */
            edited_by?: string;
            /** @description The field or parameter at fault. */
            field?: string;
            /** @description With `slot_taken`, `slot_not_offered` and `hold_lapsed`: starts that are free near it, the nearest first. */
            free_near?: string[];
            /**
             * Format: int64
             * @description With `upload_offset`: where the upload is.
             */
            offset?: number;
            /**
             * @description Which of the faults that a field can have, as a stable word (`missing`, `passed`, `crosses`), where an app says it in words of
             *     its own; absent where there is but one.
             */
            reason?: string;
            /** @description Leads to the log of this request. */
            request_id?: string;
            /** @description With `level_too_low` and `sign_in_too_old`: how sure the provider must be. */
            required_level?: components["schemas"]["Level"];
            /**
             * Format: int64
             * @description With `too_many_requests`: how many seconds to wait; `Retry-After` says the same.
             */
            retry_after_seconds?: number;
            /**
             * Format: int32
             * @description The HTTP status, again.
             */
            status: number;
            /** @description With `would_strand`: the visits that could not take place, the earliest first; a thousand at most. */
            stranded?: components["schemas"]["StrandedVisit"][];
            /**
             * Format: int64
             * @description With `would_strand`: how many there are, also those that `stranded` does not name.
             */
            stranded_count?: number;
            /** @description One English line for developers. */
            title: string;
            /** @description The code's own: `/problems#` and the code, where the server says what it means. An app looks at `code`. */
            type: string;
        };
        /**
         * ProfileOut
         * @description Whoever is signed in, as the town knows them. Birth date, address, children and contact settings are absent where `level` is lower than
         *     `private_level`; a step up (`POST /v1/sessions/current/step-up`) shows them.
         * @example {
         *       "address": {
         *         "box_number": "",
         *         "house_number": "1",
         *         "postcode": "9800",
         *         "street": "Kouter",
         *         "town": "Deinze"
         *       },
         *       "birth_date": "1985-05-05",
         *       "call_name": "Anna",
         *       "children": [
         *         {
         *           "birth_date": "2019-04-04",
         *           "family_name": "Zonnebloem",
         *           "given_names": "Emma Louise"
         *         }
         *       ],
         *       "contact": {
         *         "announcements_by_email": true,
         *         "email": "anna.peeters@voorbeeld.be",
         *         "email_confirmed_at": "2027-03-08T10:30:00Z",
         *         "large_print": false,
         *         "never_digital": false,
         *         "open_email": false,
         *         "read_aloud": false,
         *         "steps": [
         *           "push",
         *           "mail",
         *           "letter"
         *         ]
         *       },
         *       "family_name": "Zonnebloem",
         *       "given_names": "Anna Maria",
         *       "has_phone": true,
         *       "level": "high",
         *       "municipality": {
         *         "app": {
         *           "ios": {
         *             "store": "https://apps.apple.com/be/app/id1234567890",
         *             "version": "2.1.0"
         *           }
         *         },
         *         "contact": {
         *           "email": "burgerzaken@deinze.example",
         *           "phone": "09 000 00 00",
         *           "web": "https://deinze.example/afspraak"
         *         },
         *         "key": "deinze",
         *         "languages": [
         *           "nl"
         *         ],
         *         "maintenance": {
         *           "from": "2027-03-13T21:00:00Z",
         *           "until": "2027-03-13T23:00:00Z"
         *         },
         *         "names": [
         *           {
         *             "language": "nl",
         *             "name": "Deinze"
         *           },
         *           {
         *             "language": "fr",
         *             "name": "Deinze"
         *           }
         *         ],
         *         "nis_code": "44083",
         *         "postcodes": [
         *           "9800",
         *           "9850"
         *         ],
         *         "providers": [
         *           "town",
         *           "fas",
         *           "itsme"
         *         ]
         *       },
         *       "preferences": {
         *         "language": "nl",
         *         "muted": [],
         *         "quiet_from": 1260,
         *         "quiet_until": 480
         *       },
         *       "private_level": "substantial"
         *     }
         */
        ProfileOut: {
            /** @description The address, as the register has it. */
            address?: components["schemas"]["AddressOut"];
            /**
             * Format: date
             * @description The birth date, such as `1985-05-05`; also absent where the register does not know it.
             */
            birth_date?: string;
            /** @description The first given name, to greet them with; the family name where there is none. */
            call_name: string;
            /** @description The minor children whose parent they are by the register, the eldest first; an empty list where there are none. */
            children?: components["schemas"]["ChildOut"][];
            /** @description How they want to be told, as `/v1/contact-settings` has it. Where `dropped_email` is there, say so: nothing reaches them by e-mail. */
            contact?: components["schemas"]["ContactSettingsOut"];
            /** @description The family name, as the register writes it. */
            family_name: string;
            /** @description All given names; empty where there are none. */
            given_names: string;
            /** @description Whether a phone of theirs would show a message now; false where notifications are off or no device is registered. */
            has_phone: boolean;
            /** @description The level of assurance of this sign-in. */
            level: components["schemas"]["Level"];
            /** @description The municipality of which they are a resident. */
            municipality: components["schemas"]["MunicipalityOut"];
            /** @description The language in which they are spoken to, and when and with what they are disturbed, as `/v1/preferences` has it. */
            preferences: components["schemas"]["PreferencesBody"];
            /** @description The level that the municipality asks for what is private. */
            private_level: components["schemas"]["Level"];
        };
        /**
         * ProposalOut
         * @description A visit that is proposed for some documents. To book it (`book_appointment`): `service_id` is `service.id`, `location_id` and `starts_at` are
         *     those of one of `starts`, `persons`, `companions` and `document_ids` are as they stand here, and `hold` is the app's to say. Where `needed`
         *     is false or `appointment_on` is there, no visit has to be booked; where `starts` is empty, none is free soon.
         * @example {
         *       "also_document_ids": [],
         *       "appointment_id": "01935c3e-0000-7000-8000-000000000127",
         *       "appointment_on": "2027-04-05",
         *       "companions": [],
         *       "document_ids": [
         *         "01935c3e-0000-7000-8000-000000000104"
         *       ],
         *       "needed": true,
         *       "persons": 1,
         *       "service": {
         *         "bring": "Je kind en een recente pasfoto.",
         *         "collecting": false,
         *         "document_kinds": [
         *           "kids_id"
         *         ],
         *         "explanation": "Een identiteitskaart voor een kind jonger dan 12.",
         *         "horizon_days": 60,
         *         "id": "01935c3e-0000-7000-8000-000000000001",
         *         "least_notice_minutes": 120,
         *         "minutes": 15,
         *         "minutes_a_person_more": 10,
         *         "most_open": 2,
         *         "most_persons": 4,
         *         "name": "Kids-ID aanvragen",
         *         "needs": "both"
         *       },
         *       "starts": []
         *     }
         */
        ProposalOut: {
            /**
             * A visit.
             * Format: uuid
             * @description A visit of the citizen's for the same service, to which these documents could be added with `add_to_appointment`; absent where
             *     there is none, or no room.
             */
            addable_appointment_id?: string;
            /**
             * @description The ids of other documents of the citizen's family that are due, and that the same visit could be for: "bring your other child
             *     along?"
             */
            also_document_ids: string[];
            /**
             * A visit.
             * Format: uuid
             * @description That visit, where it is the citizen's own.
             */
            appointment_id?: string;
            /**
             * Format: date
             * @description The day of the visit that is booked for it already, whoever booked it, as the other parent may have.
             */
            appointment_on?: string;
            /** @description The names that a booking must give. */
            companions: string[];
            /** @description The ids of the documents that the visit is for. */
            document_ids: string[];
            /** @description Where: where the citizen usually comes, if there is room. */
            location?: components["schemas"]["PlaceOut"];
            /** @description Whether it takes a visit; false where one comes by to collect what lies ready. */
            needed: boolean;
            /**
             * Format: int64
             * @description How many come together.
             */
            persons: number;
            /** @description The service that these documents take, with its texts in the citizen's language. */
            service: components["schemas"]["ServiceOut"];
            /** @description When: two or three starts that are free at this moment, in order. */
            starts: components["schemas"]["StartOut"][];
        };
        /**
         * RefreshTrade
         * @description A refresh token.
         * @example {
         *       "refresh_token": "cmVmcmVzaC10b2tlbi1vZi10aGUtbGFzdC1hbnN3ZXI"
         *     }
         */
        RefreshTrade: {
            /** @description The refresh token of the last answer that came. Where the answer to it was lost, it may come again: see `refresh_session`. */
            refresh_token: string;
        };
        /**
         * ReminderOut
         * @description A reminder of a visit that will be sent.
         * @example {
         *       "at": "2027-04-05T07:30:00Z",
         *       "by": "push"
         *     }
         */
        ReminderOut: {
            /**
             * Format: date-time
             * @description When the reminder will be sent, an instant in UTC.
             */
            at: string;
            /** @description `push` where a phone of the citizen's will show it, `inbox` where it only lies ready in the app. */
            by: string;
        };
        /**
         * ServedOut
         * @description What is served at a location, and when.
         * @example {
         *       "id": "01935c3e-0000-7000-8000-000000000001",
         *       "name": "Kids-ID aanvragen",
         *       "opening": [
         *         {
         *           "from": "2027-03-08T08:00:00Z",
         *           "until": "2027-03-08T11:00:00Z"
         *         }
         *       ],
         *       "wait_minutes": 0,
         *       "waiting": 0
         *     }
         */
        ServedOut: {
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The id of the service, as in `GET /v1/services`.
             */
            id: string;
            /** @description Its name, in the citizen's language. */
            name: string;
            /** @description When somebody is there who serves it, today and on the six days after, in order. */
            opening: components["schemas"]["OpenOut"][];
            /**
             * Format: int64
             * @description How many minutes one waits who takes a number now; absent while no desk that serves it is manned, and while
             *     it is closed or stopped.
             */
            wait_minutes?: number;
            /**
             * Format: int64
             * @description How many wait now for the desks that serve it.
             */
            waiting: number;
        };
        /**
         * ServiceOut
         * @description Something that can be booked.
         * @example {
         *       "bring": "Je kind en een recente pasfoto.",
         *       "collecting": false,
         *       "document_kinds": [
         *         "kids_id"
         *       ],
         *       "explanation": "Een identiteitskaart voor een kind jonger dan 12.",
         *       "horizon_days": 60,
         *       "id": "01935c3e-0000-7000-8000-000000000001",
         *       "least_notice_minutes": 120,
         *       "minutes": 15,
         *       "minutes_a_person_more": 10,
         *       "most_open": 2,
         *       "most_persons": 4,
         *       "name": "Kids-ID aanvragen",
         *       "needs": "both"
         *     }
         */
        ServiceOut: {
            /** @description What the citizen brings to the visit, in their language. */
            bring: string;
            /** @description Whether collecting what was asked for takes a visit of its own; else one comes by. */
            collecting: boolean;
            /** @description The kinds of document it serves. */
            document_kinds: string[];
            /** @description What it is for. */
            explanation: string;
            /**
             * Format: int64
             * @description How many days ahead it can be booked.
             */
            horizon_days: number;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The id of the service, which bookings name as `service_id`.
             */
            id: string;
            /**
             * Format: int64
             * @description Minutes before a start at which it can be booked at the latest.
             */
            least_notice_minutes: number;
            /**
             * Format: int64
             * @description Minutes of a visit of one person.
             */
            minutes: number;
            /**
             * Format: int64
             * @description Minutes for each person more.
             */
            minutes_a_person_more: number;
            /**
             * Format: int64
             * @description The most open appointments that a citizen may have for it.
             */
            most_open: number;
            /**
             * Format: int64
             * @description The most persons who may come together.
             */
            most_persons: number;
            /** @description Its name, in the citizen's language. */
            name: string;
            /** @description Who must be there, where a document is a child's. */
            needs: components["schemas"]["Needs"];
        };
        /**
         * SessionOut
         * @description A session of the citizen.
         * @example {
         *       "created_at": "2027-03-01T09:00:00Z",
         *       "current": true,
         *       "device_name": "telefoon van Anna Maria",
         *       "id": "01935c3e-0000-7000-8000-000000000132",
         *       "last_used_at": "2027-03-08T10:30:00Z"
         *     }
         */
        SessionOut: {
            /**
             * Format: date-time
             * @description When the session began, an instant in UTC.
             */
            created_at: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /** @description What the citizen called the device. */
            device_name: string;
            /**
             * A session of a citizen on a device.
             * Format: uuid
             * @description The id of the session, which `DELETE /v1/sessions/{session_id}` takes.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was last refreshed; a session in use is refreshed every few minutes.
             */
            last_used_at: string;
        };
        /**
         * SignInBegun
         * @description A sign-in that has begun.
         * @example {
         *       "authorization_url": "https://authenticatie.vlaanderen.be/op/v1/auth?response_type=code&client_id=…",
         *       "expires_at": "2027-03-08T10:45:00Z"
         *     }
         */
        SignInBegun: {
            /**
             * @description Open this in the system browser (RFC 8252). It comes back on the app's link `…/sign-in` with `code`, or with
             *     `error` when the citizen could not be signed in: `stopped` (by the citizen, or it took too long), `not_in_register`,
             *     `level_too_low`, `another_person`, `provider_unavailable` (try later), `provider_misconfigured` (the town must mend it). The
             *     citizen has read why, in their language. Take one that you do not know for `provider_unavailable`.
             */
            authorization_url: string;
            /**
             * Format: date-time
             * @description Until when this sign-in can be finished, an instant in UTC; start another after that.
             */
            expires_at: string;
        };
        /**
         * SignInStart
         * @description What an app says to start a sign-in.
         * @example {
         *       "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
         *       "device_name": "Pixel 9 of Anna",
         *       "go_on": "/documents",
         *       "installation_id": "01935c3e-0000-7000-8000-000000000001",
         *       "language": "nl",
         *       "municipality": "deinze",
         *       "provider": "itsme"
         *     }
         */
        SignInStart: {
            /** @description The app's own PKCE challenge: BASE64URL(SHA-256(verifier)), RFC 7636. */
            code_challenge: string;
            /** @description What the citizen sees in the list of sessions, such as "Pixel 9 of Anna". */
            device_name: string;
            /**
             * @description Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code. It begins with one `/`, and
             *     not with two, nor with `/` and a backslash: those name another host.
             */
            go_on?: string;
            /**
             * Format: uuid
             * @description The installation of the app: a UUID it made at its first start and keeps. Sign-ins of others on this phone end.
             */
            installation_id?: string;
            /** @description The language of the app. */
            language: components["schemas"]["Language"];
            /** @description The municipality's key, from `list_municipalities`. */
            municipality: string;
            /** @description One of the municipality's `providers`; left out, the usual one. */
            provider?: string;
        };
        /**
         * @description How a document stands, for the app.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Standing: "valid" | "renewal_open" | "expiring" | "expired";
        /**
         * StartOut
         * @description A start that is free.
         * @example {
         *       "day": "2027-04-26",
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "starts_at": "2027-04-26T09:30:00Z"
         *     }
         */
        StartOut: {
            /**
             * Format: date
             * @description The day that the town's calendar shows then.
             */
            day: string;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The location of this start; send it along when you book.
             */
            location_id: string;
            /**
             * Format: date-time
             * @description When a visit can begin, an instant in UTC; send it as it is when you book.
             */
            starts_at: string;
        };
        /**
         * StepUp
         * @description What an app says to sign the same citizen in at a higher level.
         * @example {
         *       "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
         *       "go_on": "/documents",
         *       "language": "nl",
         *       "level": "high"
         *     }
         */
        StepUp: {
            /** @description A PKCE challenge of the app's own, as for a sign-in. */
            code_challenge: string;
            /** @description Where the app was: a path of its own, as for a sign-in, which comes back on its link beside the code. */
            go_on?: string;
            /** @description The language of the app. */
            language: components["schemas"]["Language"];
            /** @description The level that was asked: `required_level` of the refusal. */
            level: components["schemas"]["Level"];
        };
        /**
         * StrandedVisit
         * @description A booked visit that could not take place after a change: which, and never whose.
         * @example {
         *       "appointment_id": "01935c3e-0000-7000-8000-00000000010e",
         *       "desk_id": "01935c3e-0000-7000-8000-000000000003",
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "reference": "K7M-3QX",
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "starts_at": "2027-03-22T09:00:00Z"
         *     }
         */
        StrandedVisit: {
            /**
             * Format: uuid
             * @description The id of the visit, a UUID.
             */
            appointment_id: string;
            /**
             * Format: uuid
             * @description The id of the desk that would receive it.
             */
            desk_id: string;
            /**
             * Format: uuid
             * @description The id of the location where the visit is booked.
             */
            location_id: string;
            /** @description What the citizen says at the desk. */
            reference: string;
            /**
             * Format: uuid
             * @description The id of the booked service.
             */
            service_id: string;
            /**
             * Format: date-time
             * @description When the visit is booked, an instant in UTC.
             */
            starts_at: string;
        };
        /**
         * @description The kind of target.
         * @enum {string}
         */
        TargetKind: "apns_token" | "fcm_token" | "fcm_fid";
        /**
         * TicketOut
         * @description My turn in the queue.
         * @example {
         *       "ahead": 0,
         *       "appointment_id": "01935c3e-0000-7000-8000-000000000103",
         *       "arrived_at": "2027-03-08T08:50:00Z",
         *       "called_at": "2027-03-08T08:50:00Z",
         *       "desk": "Loket 1",
         *       "due_at": "2027-03-08T09:00:00Z",
         *       "id": "01935c3e-0000-7000-8000-000000000130",
         *       "is_parked": false,
         *       "location": "Stadhuis",
         *       "location_id": "01935c3e-0000-7000-8000-000000000002",
         *       "may_answer": true,
         *       "number": "A1",
         *       "service": "Kids-ID aanvragen",
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "state": "done",
         *       "wait_minutes": 0
         *     }
         */
        TicketOut: {
            /**
             * Format: int64
             * @description How many are called before me.
             */
            ahead: number;
            /**
             * A visit.
             * Format: uuid
             * @description My appointment, if I have one.
             */
            appointment_id?: string;
            /**
             * Format: date-time
             * @description When I checked in or took a number, an instant in UTC.
             */
            arrived_at: string;
            /**
             * Format: date-time
             * @description When I was last called.
             */
            called_at?: string;
            /** @description To which desk I am called. */
            desk?: string;
            /**
             * Format: date-time
             * @description When my appointment begins, an instant in UTC; without one, when I was sent on to this service. Absent where neither is so.
             */
            due_at?: string;
            /**
             * Somebody's turn in the queue of a day.
             * Format: uuid
             * @description The id of the ticket, a UUID.
             */
            id: string;
            /** @description Whether I wait aside, because the desk asked me to: nobody calls me until a desk takes me back, and `ahead` is 0. */
            is_parked: boolean;
            /** @description Its name, in the citizen's language. */
            location: string;
            /**
             * Where a visit takes place.
             * Format: uuid
             * @description The id of the location where I wait.
             */
            location_id: string;
            /** @description Whether I may still say what I thought of it. */
            may_answer: boolean;
            /** @description What is called, and what the screen shows. */
            number: string;
            /** @description Its name, in the citizen's language. */
            service: string;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The id of the service that I come for.
             */
            service_id: string;
            /** @description `waiting`, `called`, `serving`, `done`, `missed` or `left`. */
            state: string;
            /**
             * Format: int64
             * @description How long it will be, in minutes, as today goes; absent while no desk that serves it is manned, and while the hall is stopped.
             */
            wait_minutes?: number;
        };
        /**
         * TokensOut
         * @description A session's tokens. Keep the refresh token in the keychain.
         * @example {
         *       "access_expires_at": "2027-03-08T10:40:00Z",
         *       "access_token": "eyJhbGciOiJFUzI1NiIs…",
         *       "level": "high",
         *       "refresh_token": "cmVmcmVzaC10b2tlbi1vZi10aGUtbGFzdC1hbnN3ZXI",
         *       "session_id": "01935c3e-0000-7000-8000-000000000132"
         *     }
         */
        TokensOut: {
            /**
             * Format: date-time
             * @description When the access token lapses, by the server's clock. A phone's may be wrong: refresh where `token_expired` says so, at the latest.
             */
            access_expires_at: string;
            /** @description Send it as `Authorization: Bearer …`. */
            access_token: string;
            /** @description How sure the provider was of the citizen. What asks for more answers `level_too_low`. */
            level: components["schemas"]["Level"];
            /**
             * @description Trade it for new tokens, once. Where that answer was lost, it may come again, within a minute, and later until a refresh token that was
             *     given for it has been traded itself; after that it ends the session. Whether an access token was used does not count.
             */
            refresh_token: string;
            /**
             * A session of a citizen on a device.
             * Format: uuid
             * @description The id of the session, as the list of sessions shows it.
             */
            session_id: string;
        };
        /**
         * TopicOut
         * @description A topic.
         * @example {
         *       "follows": true,
         *       "topic": "other"
         *     }
         */
        TopicOut: {
            /** @description Whether I follow it: else ordinary announcements on it lie in my inbox, and do not disturb me. */
            follows: boolean;
            /** @description Its key; the app has its name in each language. */
            topic: string;
        };
        /**
         * TopicsBody
         * @description The topics that I follow.
         * @example {
         *       "topics": [
         *         "works",
         *         "waste"
         *       ]
         *     }
         */
        TopicsBody: {
            /** @description These, and no others. */
            topics: string[];
        };
        /**
         * TrialCode
         * @description A code that a member of staff was shown.
         * @example {
         *       "code": "04715523"
         *     }
         */
        TrialCode: {
            /** @description The code that the member of staff was shown: eight digits. */
            code: string;
        };
        /**
         * UnlikeOut
         * @description A day that is unlike its weekday.
         * @example {
         *       "day": "2027-03-29"
         *     }
         */
        UnlikeOut: {
            /**
             * Format: int64
             * @description When it closes that day, in minutes after midnight of the town's clock; absent where it stays closed.
             */
            closes?: number;
            /**
             * Format: date
             * @description The day that is unlike its weekday, of the town's calendar.
             */
            day: string;
            /**
             * Format: int64
             * @description When it opens that day, in minutes after midnight of the town's clock; absent where it stays closed.
             */
            opens?: number;
        };
        /**
         * UnreadOut
         * @description How many messages were not read.
         * @example {
         *       "unread": 13
         *     }
         */
        UnreadOut: {
            /**
             * Format: int64
             * @description The number on the icon.
             */
            unread: number;
        };
        /**
         * VisitClaim
         * @description What a citizen knows of a visit that was booked for them at the counter.
         * @example {
         *       "birth_date": "1990-04-01",
         *       "reference": "K7M-3QX"
         *     }
         */
        VisitClaim: {
            /**
             * Format: date
             * @description The birth date that was given at the counter. One of the two is needed.
             */
            birth_date?: string;
            /** @description The telephone number that was given at the counter, where no birth date was given; one of Belgium, where it names no country. */
            phone?: string;
            /** @description The reference of the visit, as it stands on the slip, or what its code holds. */
            reference: string;
        };
        /**
         * VisitSubjectOut
         * @description Somebody whom a visit is for.
         * @example {
         *       "bring": "Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.",
         *       "document": "Kids-ID",
         *       "document_id": "01935c3e-0000-7000-8000-000000000104",
         *       "is_me": false,
         *       "name": "Emma"
         *     }
         */
        VisitSubjectOut: {
            /** @description What to bring for that document, in the citizen's language. */
            bring?: string;
            /** @description What that document is called, in the citizen's language. */
            document?: string;
            /**
             * A document of a resident.
             * Format: uuid
             * @description The id of their document, where the visit is for one.
             */
            document_id?: string;
            /** @description Whether this is the citizen whose visit it is. */
            is_me: boolean;
            /** @description What they are called: the first name, or the name that whoever booked gave. */
            name: string;
        };
        /**
         * WaitingOut
         * @description Something that is waited for.
         * @example {
         *       "appointment_id": "01935c3e-0000-7000-8000-000000000103",
         *       "from_on": "2027-03-03",
         *       "id": "01935c3e-0000-7000-8000-000000000131",
         *       "location_ids": [],
         *       "offered_appointment_id": "01935c3e-0000-7000-8000-000000000120",
         *       "persons": 2,
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "until_on": "2027-03-08",
         *       "weekdays": [
         *         1,
         *         3
         *       ]
         *     }
         */
        WaitingOut: {
            /**
             * A visit.
             * Format: uuid
             * @description The visit that an earlier one would take the place of.
             */
            appointment_id?: string;
            /**
             * Format: date
             * @description From which day on.
             */
            from_on: string;
            /**
             * An entry of the waiting list.
             * Format: uuid
             * @description The id of the entry of the waiting list, a UUID.
             */
            id: string;
            /** @description Where; everywhere if it is empty. */
            location_ids: string[];
            /**
             * A visit.
             * Format: uuid
             * @description What is held for it at the moment: confirm that appointment, or let it go.
             */
            offered_appointment_id?: string;
            /**
             * Format: int64
             * @description How many persons come together.
             */
            persons: number;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description The id of the service that is waited for.
             */
            service_id: string;
            /**
             * Format: date
             * @description Up to and with which day.
             */
            until_on: string;
            /** @description On which weekdays; on all if it is empty. */
            weekdays: number[];
        };
        /**
         * WaitingWish
         * @description What to wait for.
         * @example {
         *       "companions": [],
         *       "from_on": "2027-03-01",
         *       "location_ids": [],
         *       "persons": 1,
         *       "service_id": "01935c3e-0000-7000-8000-000000000001",
         *       "until_on": "2027-04-01",
         *       "weekdays": [
         *         1,
         *         3
         *       ]
         *     }
         */
        WaitingWish: {
            /**
             * A visit.
             * Format: uuid
             * @description The visit that an earlier one would take the place of; absent where there is none.
             */
            appointment_id?: string;
            /**
             * @description The names of the others, where there is no visit yet and more than one come, as for a booking.
             * @default []
             */
            companions?: string[];
            /** @description Where to come to, or whom to ring, where that is needed. */
            contact?: string;
            /**
             * @description The ids of the documents to come for, where there is no visit yet, as for a booking.
             * @default []
             */
            document_ids?: string[];
            /**
             * Format: date
             * @description From which day on; today if it is not said.
             */
            from_on?: string;
            /**
             * @description Where; everywhere if it is empty.
             * @default []
             */
            location_ids?: string[];
            /**
             * Format: int64
             * @description How many come, where there is no visit yet; one if it is not said.
             */
            persons?: number;
            /**
             * Something that can be booked.
             * Format: uuid
             * @description For what, where there is no visit yet.
             */
            service_id?: string;
            /**
             * Format: date
             * @description Up to and with which day; as far as one may book, or up to the visit, if it is not said.
             */
            until_on?: string;
            /**
             * @description On which weekdays, Monday 1 to Sunday 7; on all if it is empty.
             * @default []
             */
            weekdays?: number[];
        };
        /**
         * WaitsOut
         * @description How long those waited who were called today without an appointment.
         * @example {
         *       "half": 0,
         *       "nine_in_ten": 0
         *     }
         */
        WaitsOut: {
            /**
             * Format: int64
             * @description Minutes: half of them waited no longer.
             */
            half: number;
            /**
             * Format: int64
             * @description Minutes: nine in ten of them waited no longer.
             */
            nine_in_ten: number;
        };
        /**
         * @description A way by which somebody is told.
         *
         *     More values may come. Whoever does not know one takes it as none of these.
         * @enum {string}
         */
        Way: "push" | "mail" | "letter";
        /**
         * WhyOut
         * @description Why a reminder came.
         * @example {
         *       "rules": [
         *         "Kids-ID: we herinneren je 90 dagen voor de vervaldatum van 1 juni 2027."
         *       ],
         *       "sources": [
         *         "De datum komt uit de gegevens van Deinze, bijgewerkt op 1 maart 2027."
         *       ],
         *       "stop": "Wil je geen meldingen over documenten op je telefoon? Zet ze uit bij Voorkeuren."
         *     }
         */
        WhyOut: {
            /** @description By which rules: one line for each document it speaks of. */
            rules: string[];
            /** @description Where the dates come from, and when they were last told. */
            sources: string[];
            /** @description How to stop such reminders. */
            stop: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_my_announcements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: An announcement, as its reader has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAnnouncementOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_announcement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the announcement, a UUID. */
                announcement_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An announcement, as its reader has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAnnouncementOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_announcement_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the announcement, a UUID. */
                announcement_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JPEG. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_appointments: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    book_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentWish"];
            };
        };
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `appointment_limit`, `deed_waits`, `nobody_to_answer`, `slot_not_offered`, `slot_taken`, `visit_overlaps`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claim_visit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitClaim"];
            };
        };
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `nothing_to_claim`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `visit_begun`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_appointment_calendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description iCalendar (RFC 5545). The same event whatever becomes of the visit. */
            200: {
                headers: {
                    /** @description What to call the file. */
                    "CONTENT-DISPOSITION": string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Here"];
            };
        };
        responses: {
            /** @description My turn in the queue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `check_in_closed`, `location_closed`, `not_there`, `queue_full`, `visit_begun`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `appointment_limit`, `deed_waits`, `hold_lapsed`, `nobody_to_answer`, `visit_overlaps`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_to_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentAddition"];
            };
        };
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `not_booked`, `slot_taken`, `too_late_to_add`, `visit_begun`, `visit_overlaps`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extend_hold: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `not_extendable`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_appointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the appointment, a UUID. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentMove"];
            };
        };
        responses: {
            /** @description A visit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `deed_waits`, `edited_meanwhile`, `nobody_to_answer`, `not_booked`, `slot_not_offered`, `slot_taken`, `visit_begun`, `visit_overlaps`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_audit: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the citizen's list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAuditPage"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `cursor_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How somebody wants to be told. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactSettingsOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_contact_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactSettingsIn"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_email: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailStart"];
            };
        };
        responses: {
            /** @description A code is on its way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailStarted"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `email_code_limit`, `mail_off`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_email: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailCode"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `email_code_over`, `email_code_wrong`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_deeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: Something that waits for a yes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeedOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_deed: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the deed, a UUID. */
                deed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `appointment_limit`, `deed_over`, `hold_lapsed`, `visit_overlaps`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuse_deed: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the deed, a UUID. */
                deed_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `deed_over`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A device of the citizen. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the installation, a UUID. */
                installation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceIn"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `device_limit`, `push_unavailable`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_device: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the installation, a UUID. */
                installation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_documents: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the document, a UUID. */
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_document_visit: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the document, a UUID. */
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description A list. Each entry: A visit that is proposed for some documents. To book it (`book_appointment`): `service_id` is `service.id`, `location_id` and `starts_at` are
             *     those of one of `starts`, `persons`, `companions` and `document_ids` are as they stand here, and `hold` is the app's to say. Where `needed`
             *     is false or `appointment_on` is there, no visit has to be booked; where `starts` is empty, none is free soon.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Messages on a page. */
                limit?: number;
                /** @description True for the archive instead of the inbox. */
                archived?: boolean;
            };
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description A problem, with one of the codes `cursor_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_message_changes: {
        parameters: {
            query?: {
                /** @description `cursor` of the look before. */
                cursor?: string;
                /** @description Messages on a page. */
                limit?: number;
            };
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changed in the inbox and the archive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxChanges"];
                };
            };
            /** @description A problem, with one of the codes `cursor_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_unread: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many messages were not read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archive_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unarchive_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_unread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_message_visits: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description A list. Each entry: A visit that is proposed for some documents. To book it (`book_appointment`): `service_id` is `service.id`, `location_id` and `starts_at` are
             *     those of one of `starts`, `persons`, `companions` and `document_ids` are as they stand here, and `hold` is the app's to say. Where `needed`
             *     is false or `appointment_on` is there, no visit has to be booked; where `starts` is empty, none is free soon.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explain_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the message, a UUID. */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why a reminder came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhyOut"];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_locations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A location: when it is open, and how long one waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocationOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_location: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the location, a UUID. */
                location_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A location: when it is open, and how long one waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocationOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mandates: {
        parameters: {
            query?: {
                /** @description Which of them; left out, those by which others act for the citizen. */
                side?: components["schemas"]["MandateSide"];
                /** @description A part of the other's name. */
                search?: string;
                /** @description True for those that are over, and no others. */
                over?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Mandates on a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the citizen's mandates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandatePage"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `cursor_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_mandate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MandateAsk"];
            };
        };
        responses: {
            /** @description A mandate that was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateAskedOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `code_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `mandate_exists`, `mandate_in_circle`, `mandate_limit`, `mandate_of_child`, `mandate_to_oneself`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_mandate_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A code with which somebody asks the citizen for a mandate. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateCodeOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_mandate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the mandate, a UUID. */
                mandate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `mandate_by_court`, `mandate_over`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_mandate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the mandate, a UUID. */
                mandate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `mandate_exists`, `mandate_in_circle`, `mandate_limit`, `mandate_of_child`, `mandate_over`, `mandate_to_oneself`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuse_mandate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the mandate, a UUID. */
                mandate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `mandate_over`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Whoever is signed in, as the town knows them. Birth date, address, children and contact settings are absent where `level` is lower than
             *     `private_level`; a step up (`POST /v1/sessions/current/step-up`) shows them.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_municipalities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A municipality that the app may offer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MunicipalityOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_passkeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The citizen's passkeys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeysOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_passkey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyNew"];
            };
        };
        responses: {
            /** @description A passkey that was added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyAdded"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `challenge_invalid`, `parameter_invalid`, `passkey_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `sign_in_too_old`, `not_found`, `method_not_allowed`, `request_timeout`, `passkey_known`, `passkey_limit`, `passkeys_off`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_passkey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to ask the phone for a new passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreation"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `sign_in_too_old`, `not_found`, `method_not_allowed`, `request_timeout`, `passkey_limit`, `passkeys_off`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the passkey, a UUID. */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyName"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_passkey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the passkey, a UUID. */
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `sign_in_too_old`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_past_appointments: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Visits on a page. */
                limit?: number;
            };
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of visits that are over or off. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastPage"];
                };
            };
            /** @description A problem, with one of the codes `cursor_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the citizen chose about being disturbed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesBody"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_services: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a town offers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_next_free: {
        parameters: {
            query?: {
                /** @description How many come together, up to the service's `most_persons`; one if it is not said. */
                persons?: number;
                /** @description The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well. */
                appointment_id?: string;
            };
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the service, a UUID. */
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A start that is free. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_free_starts: {
        parameters: {
            query?: {
                /** @description At this location only. */
                location_id?: string;
                /** @description From this day on; today if it is not said. */
                from?: string;
                /** @description Up to and with this day. */
                until?: string;
                /** @description How many come together, up to the service's `most_persons`; one if it is not said. */
                persons?: number;
                /** @description The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well. */
                appointment_id?: string;
            };
            header?: {
                /** @description For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names. */
                "Acting-For"?: string;
            };
            path: {
                /** @description The id of the service, a UUID. */
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The earliest first. */
            200: {
                headers: {
                    /** @description The day from which to ask on; absent where these are all. */
                    "X-NEXT-FROM"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartOut"][];
                };
            };
            /** @description A problem, with one of the codes `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `mandate_missing`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A session of the citizen. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trade_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeTrade"];
            };
        };
        responses: {
            /** @description A session's tokens. Keep the refresh token in the keychain. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensOut"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `code_invalid`, `parameter_invalid`, `request_invalid`, `verifier_invalid`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_all_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    step_up_with_passkey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySigned"];
            };
        };
        responses: {
            /** @description A session's tokens. Keep the refresh token in the keychain. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `challenge_invalid`, `parameter_invalid`, `passkey_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `passkey_copied`, `not_found`, `method_not_allowed`, `request_timeout`, `passkey_none`, `passkeys_off`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_passkey_step_up: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyWish"];
            };
        };
        responses: {
            /** @description What to ask the phone to sign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequest"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `passkey_none`, `passkeys_off`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_step_up: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepUp"];
            };
        };
        responses: {
            /** @description A sign-in that has begun. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInBegun"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `level_out_of_reach`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`, `provider_unavailable`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshTrade"];
            };
        };
        responses: {
            /** @description A session's tokens. Keep the refresh token in the keychain. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensOut"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `parameter_invalid`, `request_invalid`, `refresh_invalid`, `refresh_reused`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the session, a UUID. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInStart"];
            };
        };
        responses: {
            /** @description A sign-in that has begun. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInBegun"];
                };
            };
            /** @description A problem, with one of the codes `body_invalid`, `parameter_invalid`, `request_invalid`, `municipality_unknown`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`, `provider_unavailable`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: My turn in the queue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_number: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberWish"];
            };
        };
        responses: {
            /** @description My turn in the queue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `hall_stopped`, `location_closed`, `not_there`, `queue_full`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the ticket, a UUID. */
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `already_called`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_visit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the ticket, a UUID. */
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerIn"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_ticket_live: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the ticket, a UUID. */
                ticket_id: string;
                /** @description The id of the installation, a UUID. */
                installation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiveIn"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `ticket_over`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_topics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: A topic. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_topics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicsBody"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    link_trial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialCode"];
            };
        };
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `code_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlink_trial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_waiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list. Each entry: Something that is waited for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingOut"][];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_waiting_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitingWish"];
            };
        };
        responses: {
            /** @description Something that is waited for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingOut"];
                };
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `body_invalid`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `not_booked`, `visit_begun`, `waiting_limit`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_waiting_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same value with each try of it. The request is done once, and each try gets the same answer for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the waiting, a UUID. */
                waiting_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is done; the answer has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, with one of the codes `acting_for_refused`, `parameter_invalid`, `request_invalid`, `session_ended`, `token_expired`, `token_invalid`, `token_missing`, `level_too_low`, `not_found`, `method_not_allowed`, `request_timeout`, `body_too_large`, `media_type_unsupported`, `idempotency_key_reused`, `too_many_requests`, `head_too_large`. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem, with one of the codes `internal`, `maintenance`, `overloaded`. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
