# What we say, in English.
date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
push-neutral = You have a new message from your municipality.
hour = { $h }:{ $m }
weekday = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
document-eid = Identity card
document-kids-id = Kids-ID
document-passport = Passport
document-driving-licence = Driving licence
document-driving-group2 = Driving licence group 2
document-driving-code95 = Professional competence (code 95)
document-residence-a = Residence card
document-residence-permanent = Residence card
document-residence-f = Residence card
document-disabled-parking = Parking card for people with a disability
document-resident-parking = Resident parking permit
renew-eid = Make an appointment at the civil affairs desk. You come twice: to apply for the card and to collect it.
bring-eid = Your current identity card and a recent passport photo.
time-eid = About three weeks.
renew-kids-id = Make an appointment at the civil affairs desk and bring your child. You will not get a letter telling you to renew a Kids-ID.
bring-kids-id = Your child, the current Kids-ID, a recent passport photo of your child and your own identity card.
time-kids-id = Three weeks at most.
renew-passport = Make an appointment at the civil affairs desk and come in person. Many countries require a passport to be valid for another six months.
bring-passport = Your identity card, your current passport and a recent passport photo.
time-passport = Six working days or more, and longer before the summer.
renew-driving = Make an appointment at the civil affairs desk and apply in person.
bring-driving = Your current licence and your identity card; for group 2 and code 95 your medical certificate and training points as well.
time-driving = Two to five working days.
renew-residence = Make an appointment at the civil affairs desk and submit your application as soon as you can.
bring-residence = Your current card, your passport, a recent passport photo and the documents that support your stay.
time-residence = About three weeks after the decision.
renew-parking = Apply for a new card: your current card does not renew automatically.
bring-parking = Your identity card or your digital key.
time-parking = Allow a month or more.
of-child = { $document } ({ $name })
title-prepare = { $document }: start preparing
body-prepare =
    It is valid until { $date }. You cannot apply yet, but you can gather what you need.

    What to bring:
    { $bring }
title-apply = { $document } expires on { $date }
body-apply =
    { $renew }

    What to bring:
    { $bring }

    How long it takes:
    { $time }
title-late = { $document } expires on { $date }: come in or call as soon as you can
body-late =
    The time to apply is over or nearly so. Contact { $municipality } at once.

    What to bring:
    { $bring }
title-expired = { $document } has expired
body-expired =
    It was valid until { $date }. { $renew }

    What to bring:
    { $bring }

    This is our last reminder.
title-bring = { $document }: your appointment on { $visit }
body-bring =
    Your appointment is made; there is nothing more to book.

    What to bring:
    { $bring }
title-ready = { $document } is ready to collect
body-ready = The document has been ready to collect in { $municipality } since { $date }. Bring the old document as well, if there is one.
ready-codes = Bring the letter with your codes as well.
title-certificate = { $document }: its certificates are valid until { $date }
body-certificate = The card itself stays valid. To keep using it to sign in online, come in with your card and PIN: it is done on the spot.
title-signing = { $document }: you can have your electronic signature activated
body-signing = Your card dates from before you turned eighteen, so it cannot sign yet. Come in with your card and PIN: it is free and done on the spot.
reminder-many = { $count } documents need your attention
reminder-contact = Questions? { $municipality }, { $phone }, { $email }
action-book = Make an appointment
why-before = { $document }: we remind you { $days } days before it expires on { $date }.
why-after = { $document }: we write once more after it expired on { $date }.
why-ready = { $document }: it has been ready since { $date }.
why-certificate = { $document }: certificates are valid for ten years at a time, these until { $date }.
why-signing = { $document }: you turned eighteen on { $date }.
why-called = { $document }: we remind you { $days } days before it expires on { $date }, earlier than usual, because the desks were busy.
why-source = The date comes from the records of { $municipality }, updated on { $date }.
why-stop = Don’t want notifications about documents on your phone? Switch them off under Preferences.
why-letter = You will still get the municipality’s letter.
sign-in-back = Back to the app
sign-in-unknown-title = We cannot find you in { $municipality }
sign-in-unknown-body = You signed in successfully, but you are not in the population register of { $municipality } that we were given. If you have just moved, try again in a few days, or choose the municipality where you are registered.
sign-in-contact = Is something wrong? Call { $phone } or write to { $email } ({ $municipality }).
sign-in-stopped-title = You are not signed in
sign-in-stopped-body = Signing in was stopped or took too long. Go back to the app and try again.
sign-in-failed-title = Signing in is not working right now
sign-in-failed-body = The service that confirms who you are does not answer as expected. Try again later.
sign-in-set-up-body = The sign-in service and { $municipality } do not understand each other. It is not your fault, and trying again only helps once it has been fixed. Choose another way to sign in in the app, or get in touch.
sign-in-done-title = You are signed in already
sign-in-done-body = This sign-in was used before. Go back to the app.
sign-in-under-way-title = One moment
sign-in-under-way-body = You are being signed in. This page goes on by itself.
session-ended-title = You were signed out on { $device }
session-ended-body = An old sign-in on { $device } was used again. That can happen after a backup was restored, but also when somebody else tries to read your messages. So we ended that sign-in.
session-ended-advice = Sign in there again. Don’t recognise this? Look in the app where you are still signed in, and end any you don’t recognise.
passkey-added-title = A passkey was added
passkey-added-body = The passkey “{ $name }” was added on { $device }. From now on you confirm with it who you are, without another app.
passkey-removed-title = A passkey was removed
passkey-removed-body = The passkey “{ $name }” was removed on { $device }. Remove it in the settings of your device as well.
passkey-copied-title = A passkey no longer works
passkey-copied-body = The passkey “{ $name }” was used on { $device }, but it seems to have been copied. So we removed it. Nothing was shown.
passkey-advice = Was this not you? In the app, sign out on all your devices, sign in again, and remove every passkey that you don’t recognise.
sign-in-too-weak-title = Use a more secure way to sign in
sign-in-too-weak-body = This way of signing in is not secure enough for what you want to see. Try again with itsme or with your eID.
sign-in-another-title = That is somebody else
sign-in-another-body = You signed in as a different person from the one in the app. Sign out in the app first if you want to switch to another person.
staff-welcome = Thuisloket for staff
staff-sign-in = Sign in for { $municipality }
staff-no-provider = No way for staff to sign in has been set up yet.
staff-again = Begin again
staff-no-roles-title = You have no role here
staff-no-roles-body = You are signed in, but you have no role in this application. Ask your municipality’s administrator for one.
staff-stopped-body = You are not signed in: you stopped, it took too long, or you began in another browser.
staff-failed-title = Signing in is not working right now
staff-failed-body = The sign-in service does not answer, or gave an answer that we do not trust. Try again in a few minutes.
staff-unknown-town-title = We cannot find that municipality here
staff-unknown-town-body = The link is for a municipality that is not served here, or whose staff cannot sign in here. Begin again and choose your municipality.
staff-set-up-body = The sign-in service and Thuisloket do not understand each other. Trying again only helps once it has been fixed: tell whoever runs Thuisloket for you. The log says what is wrong.
role-announce = write announcements
role-approve = approve announcements
role-alert = write emergency announcements
role-counter = help citizens
role-plan = plan desks
role-import = import the register
role-administer = administer
role-audit = audit
audit-resident-found = A member of staff of { $municipality } looked you up.
audit-resident-read = A member of staff of { $municipality } looked at your data.
audit-documents-read = A member of staff of { $municipality } looked at your documents.
audit-child-seen = A member of staff of { $municipality } looked at data of { $child }.
audit-child-used = A member of staff or a device of { $municipality } worked with data of { $child }.
audit-reminders-read = A member of staff of { $municipality } looked at which reminders you got.
audit-visits-read = A member of staff of { $municipality } looked at your appointments.
audit-messages-read = A member of staff of { $municipality } looked at which messages you got.
audit-preferences-read = A member of staff of { $municipality } looked at how we reach you.
audit-contact-settings-read = A member of staff of { $municipality } looked at your contact settings.
audit-contact-settings-changed = A member of staff of { $municipality } changed your contact settings.
audit-email-started = A member of staff of { $municipality } sent a code to an e-mail address for you.
audit-email-confirmed = A member of staff of { $municipality } confirmed your e-mail address with the code that you gave.
audit-sessions-ended = A member of staff of { $municipality } signed you out on all your devices.
audit-reason-visit = You were at the desk.
audit-reason-telephone = You called.
audit-reason-letter = You wrote a letter or an e-mail.
audit-reason-request = To handle a request of yours.
audit-reason-correction = To put a mistake right.
audit-reason-agenda = For the list of a day’s appointments.
ended-by-staff-title = You are signed out on all your devices
ended-by-staff-body = A member of staff of { $municipality } did so because you asked, or because a device was lost. Sign in again to go on.
visit-booked-title = Your appointment on { $date } at { $hour }
visit-booked-body =
    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Say at the desk: { $reference }
visit-moved-title = Your appointment has been moved to { $date } at { $hour }
visit-moved-body =
    Your appointment has been moved. Your reference stays the same.

    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Reference: { $reference }
visit-joined-title = Your appointment covers more now: { $date } at { $hour }
visit-joined-body =
    Your appointment is now for more people or documents. It may take longer. Your reference stays the same.

    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Reference: { $reference }
visit-given-title = Your appointment on { $date } at { $hour } is no longer in your name
visit-given-body = You made this appointment for somebody for whom you no longer act. You can no longer see or change it.
visit-given-others = Was the appointment also for you or for somebody else? Then that part no longer counts. Make a new appointment in the app, or call { $phone }.
visit-cancelled-title = Cancelled: your appointment on { $date } at { $hour }
visit-cancelled-body =
    Where: { $place }
    For: { $service }
    Reference: { $reference }

    You can make a new appointment whenever you like.
visit-reminder-title = Reminder: { $date } at { $hour }, { $service }
visit-reminder-body =
    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Say at the desk: { $reference }
visit-bring = Bring: { $text }
visit-bring-for = For { $name } ({ $document }): { $text }
visit-access = Access: { $text }
calendar-say = Say at the desk: { $text }
calendar-reference = Reference: { $text }
audit-visit-booked = A member of staff of { $municipality } booked an appointment for you.
audit-visit-moved = A member of staff of { $municipality } moved your appointment.
audit-visit-cancelled = A member of staff of { $municipality } cancelled your appointment.
audit-visit-rung = A member of staff of { $municipality } noted a call about your appointment.
audit-calls-read = A member of staff of { $municipality } saw on the call list that we want to call you.
audit-call-taken = A member of staff of { $municipality } will call you.
audit-call-given-back = A member of staff of { $municipality } noted that somebody else will call you.
audit-call-noted = A member of staff of { $municipality } noted that you were called.
audit-call-closed = A member of staff of { $municipality } could not reach you and is looking for another way.
audit-letters-read = A member of staff of { $municipality } looked at a letter to you.
audit-letter-taken-out = A member of staff of { $municipality } took a letter to you out of a batch.
audit-letter-put-back = A member of staff of { $municipality } put a letter to you back into a batch.
audit-letter-returned = A member of staff of { $municipality } noted that a letter to you came back.
audit-addresses-read = A member of staff of { $municipality } looked at the list of addresses to check. You were on it.
audit-address-checked = A member of staff of { $municipality } checked your address.
audit-visit-read = A member of staff of { $municipality } looked at your appointment.
audit-hold-let-go = A member of staff of { $municipality } released a time that was held for you or offered to you.
audit-waiting-joined = A member of staff of { $municipality } put you on the waiting list.
audit-waiting-left = A member of staff of { $municipality } took you off the waiting list.
audit-waiting-offered = A member of staff of { $municipality } looked for a free time for you, as you are on the waiting list.
audit-visitor-edited = A member of staff of { $municipality } corrected what was noted about the visitor of your appointment.
audit-visit-claimed = In the app you added an appointment that { $municipality } had made for you.
audit-passkey-added = You added a passkey in the app.
audit-passkey-removed = You removed a passkey in the app.
audit-passkey-copied = One of your passkeys seemed to have been copied. The app of { $municipality } removed it.
push-called = Look in your municipality’s app now.
push-live-title = Your number
push-live-body = See here when it is your turn.
push-action-open = Open
push-action-book = Make an appointment
push-action-mute = Stop showing messages like this
push-category-documents = Documents
push-category-account = Your account
push-category-appointments = Appointments
push-category-queue = Calls to a desk
push-category-announcements = News from the municipality
push-category-emergency = Emergency messages
moment = { $date } at { $hour }
visit-offered-title = A slot has become free: { $date } at { $hour }
visit-offered-body =
    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }

    We are keeping this slot for you until { $until }. Confirm in the app. If you do nothing, it goes to the next person on the waiting list.
visit-displaced-title = Your appointment has been moved to { $date } at { $hour }
visit-displaced-body =
    { $reason } So your appointment cannot take place as it was booked. We are keeping another slot for you. Your reference stays the same.

    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Reference: { $reference }
visit-others = Does that not suit you? When we wrote this, also free: { $others }. You can move or cancel in the app, or call { $phone }.
visit-closed-title = Your appointment on { $date } at { $hour } has been cancelled
visit-closed-body = { $reason } Your appointment for { $service } at { $place } cannot take place, and we found no other free slot. Your reference was { $reference }. You can join the waiting list in the app, or call { $phone }.
visit-restored-title = Your appointment is back to { $date } at { $hour }
visit-restored-body =
    We will be open after all. Your appointment will take place as booked.

    When: { $date } at { $hour }
    Where: { $where }
    For: { $service }
    Reference: { $reference }
visit-readdressed-title = Another address for your appointment on { $date } at { $hour }
visit-readdressed-body = The address of { $place } is now { $address }. Your appointment for { $service } on { $date } at { $hour } takes place there. Your reference is still { $reference }.
visit-subject = { $name } ({ $document })
visit-subjects = Who it is for: { $text }
visit-companions = Names given: { $text }
visit-at-home = We will come to the address shown with your appointment.
visit-by-telephone = We will call you on this number: { $text }
visit-needs-parent = A parent comes; the child does not have to come.
visit-needs-both = A parent and the child come together.
slip-title = Your appointment
slip-what = For what
slip-when = When
slip-where = Where
slip-persons = { $persons } people
slip-bring = Bring
slip-bring-for = { $document }: { $text }
slip-access = Access
slip-reference = Reference
slip-say = Say this reference when you arrive, or have the code scanned.
slip-stay = We will contact you. Keep this reference.
slip-change = Can’t come, or want another time? Call { $phone } or write to { $email }.
slip-claim = Getting the app later? Add this appointment there with the reference and the date of birth or the telephone number that you gave.
places-title = Opening hours and waiting time of { $municipality }
places-phone = You can call { $phone }.
places-open = Open now
places-stopped = Interrupted for a moment. Everyone who is waiting keeps their place.
places-opens = Closed now. Open on { $moment }.
places-closed = Closed now
places-hours = Opening hours
places-closed-day = closed
places-waiting = { $count ->
    [0] Nobody is waiting now.
    [one] 1 person is waiting now.
   *[other] { $count } people are waiting now.
}
places-minutes = { $count ->
    [0] less than 1 minute
    [one] about 1 minute
   *[other] about { $count } minutes
}
places-unmanned = No desk is staffed yet: we do not know yet how long you will wait.
places-unmanned-service = no desk is staffed yet
places-now = Whoever takes a number now waits
places-waits = Today half of the people waited no longer than { $half } minutes, and nine in ten no longer than { $most } minutes.
places-quiet = Usually quiet today: { $hours }.
waiting-over-title = { $service }: you are no longer on the waiting list
waiting-over-body = The days you chose for { $service } have passed. You are no longer on the waiting list. You can make an appointment or join the waiting list again.
waiting-not-theirs-title = { $service }: you are no longer on the waiting list
waiting-not-theirs-body = You were waiting for somebody for whom you no longer act. Are you still waiting for yourself or for somebody else? Then join the waiting list again.
ticket-called-title = { $number }: it is your turn
ticket-called-body = Go to { $desk } at { $place } now, for { $service }.
ticket-missed-title = { $number }: we called you and did not see you
ticket-missed-body = Are you there after all? Take a new number in the app or at reception ({ $place }). You can also make a new appointment for { $service }.
ticket-left-title = { $number }: you are no longer waiting
ticket-left-body = We thought you had left { $place }, so your number will not be called. Are you still there? Take a new number in the app or at reception.
ticket-closed-title = { $number }: we are closing
ticket-closed-body = { $place } is closing now, and your number will not be called any more. We are sorry. You can make an appointment for { $service } in the app.
ticket-unserved-title = { $number }: no desk for { $service } any more
ticket-unserved-body = At { $place } no desk is open for { $service } any more, and your number will not be called. We are sorry. You can make an appointment in the app.
ticket-sent-on-title = { $number }: one more step
ticket-sent-on-body = One more step: please wait until you are called for { $service }. You keep number { $number } and will be called before people who arrive now.
ticket-done-title = How was it?
ticket-done-body = You were at { $place } for { $service }. What did you think of it? Your answer is kept without your name.
screen-now = Now calling
screen-nobody = Your number appears here.
screen-waiting = Waiting
screen-next = Numbers that are waiting
screen-wait = No appointment: ± { $minutes } min
screen-closed = Closed.
screen-opens-today = Open today at { $hour }.
screen-opens-on = Open again on { $weekday } { $date } at { $hour }.
screen-opens-weekday = Open again on { $weekday } at { $hour }.
screen-hours = Opening hours of the next days
screen-shut = closed
screen-stopped = The service is interrupted for a moment. Everyone keeps their place.
screen-news = News of the municipality
screen-pause = Stop changing
screen-lost = No connection: please listen for the staff.
screen-sound = Turn sound on
screen-sound-test = Test the sound
screen-sound-said = This is how this screen sounds.
screen-voiceless = No English voice: the screen calls with a tone.
screen-said = Number { $number }, { $desk }.
audit-visitor-received = A member of staff or a kiosk of { $municipality } gave you a number.
audit-visitor-called = A member of staff of { $municipality } called you to a desk.
audit-visitor-served = A member of staff of { $municipality } helped you at a desk.
audit-visitor-missed = A member of staff of { $municipality } called you, and you were not there.
audit-visitor-left = A member of staff of { $municipality } noted that you had left before you were called.
audit-visitor-sent-on = A member of staff of { $municipality } sent you on to another service.
audit-visitor-parked = A member of staff of { $municipality } asked you to wait aside for a moment; you keep your number.
waiting-unanswered-title = { $service }: you are not on the waiting list any more
waiting-unanswered-body = Three times we kept a slot for you for { $service }, and heard nothing. We will not offer you another; you can join the waiting list again whenever you like. Any appointment you already had still stands.
announcement-trial = [Test] { $title }
announcement-more = Read more
audit-unreached-read = A member of staff of { $municipality } opened the list of people an announcement could not reach in the app. You were on it.
news-title = Announcements from { $municipality }
news-none = There are no announcements to show.
news-all = All topics
news-topic = Topic
news-postcode = Postcode
news-street = Street
news-show = Show
news-feeds = Follow these announcements
news-feed = In a news reader (RSS)
news-calendar = In your calendar
news-withdrawn = Withdrawn: this no longer applies.
news-when = When
news-where = Where
news-published = Published on { $date }
news-filter = Choose what you want to see
news-filter-note = You also see announcements for an area that is not described here by a street or postcode.
news-words = Word to look for
news-over = This announcement was valid until { $date }.
news-also = Other languages:
news-back = All announcements of { $municipality }
news-archive = Archive
news-archive-title = Archive: announcements of { $municipality }
news-older = Older announcements
news-more = More announcements
news-languages = Languages
news-none-yet = Nothing was found yet. Look further in the older announcements.
news-address = Address of this announcement:
news-share = Share this announcement by e-mail
news-contact = Questions for { $municipality }?
topic-works = Roadworks and building works
topic-waste = Waste
topic-traffic = Traffic
topic-culture = Culture
topic-youth = Youth
topic-sport = Sport
topic-other = Other
mail-neutral-subject = There is a message for you from { $municipality }
mail-neutral-body = { $municipality } has a message for you. Sign in to the app to read it. Don’t have the app? Call { $phone }.
mail-code-subject = Confirm your e-mail address for { $municipality }
mail-code-body = Your code is { $code }. It is valid for { $minutes } minutes.

    Enter the code in the app, or read it out to the member of staff of { $municipality }.

    Did you not ask for this? Then you don’t have to do anything.
mail-open = Open the app of { $municipality }
mail-unsubscribe = No more general messages from { $municipality } by e-mail?
mail-automatic = { $municipality } sent this e-mail automatically. We never ask for your password or PIN.
mail-unsubscribe-title = No more messages by e-mail?
mail-unsubscribe-body = { $municipality } will then no longer send you general messages by e-mail. You will still get messages about you, such as about your appointment.
mail-unsubscribe-button = Stop these e-mails
mail-unsubscribed-title = You no longer get these e-mails
mail-unsubscribed-body = { $municipality } no longer sends you general messages by e-mail. You can turn this on again in the app.
language-name = English
front-title = Thuisloket
front-what = This website belongs to the app of your municipality. In the app you make an appointment and read your messages. The links below lead to the announcements that are for everybody.
front-news-of = Announcements from { $municipality }
front-staff = For staff of the municipality
front-others = More
front-docs-citizen = For people who make an app
front-docs-staff = For people who connect a program
front-home = To the start page
front-number = Number of this request: { $number }
front-not-found-title = This page does not exist
front-not-found-body = Perhaps the address was typed wrong, or the page is no longer there.
front-busy-title = It is too busy at the moment
front-busy-body = Try again in a minute.
front-wrong-title = This does not work
front-wrong-body = The address of this page is not quite right. Go to the start page and try again.
front-failed-title = Something went wrong on our side
front-failed-body = Try again later. If it still does not work, give your municipality the number below.
held-no-account = No app at that moment.
held-told-by-letter = The municipality’s letter had already said so.
held-superseded = A later reminder says the same.
held-past = Its day had already passed.
held-renewed = There is already a new document.
held-stopped = The document has been stopped.
held-deceased = The holder has died.
held-moved = The holder has moved out of the municipality.
held-no-longer-registered = The holder is no longer in the register.
held-link-ended = No longer a parent with authority, according to the register.
held-of-age = The child is of age.
letter-contact = Questions? Call { $phone } or write to { $email }.
letter-batch = Letters { $number }, part { $part }
letter-proof = Proof sheet for window envelopes
letter-proof-text =
    Fold this sheet at the marks on the left and put it into an envelope of the municipality. Only the address may be visible in the window.

    The coloured zones stay free for the post. They are not on a real letter.
country-at = Austria
country-bg = Bulgaria
country-ca = Canada
country-ch = Switzerland
country-cy = Cyprus
country-cz = Czechia
country-de = Germany
country-dk = Denmark
country-ee = Estonia
country-es = Spain
country-fi = Finland
country-fr = France
country-gb = United Kingdom
country-gr = Greece
country-hr = Croatia
country-hu = Hungary
country-ie = Ireland
country-it = Italy
country-lt = Lithuania
country-lu = Luxembourg
country-lv = Latvia
country-ma = Morocco
country-mt = Malta
country-nl = Netherlands
country-no = Norway
country-pl = Poland
country-pt = Portugal
country-ro = Romania
country-se = Sweden
country-si = Slovenia
country-sk = Slovakia
country-tr = Türkiye
country-us = United States
mandate-asked-title = { $name } would like to act for you
mandate-asked-body = { $name } asks for a mandate to act for you at { $municipality }. In the app you can read what for and until when. Accept or refuse it there, within two weeks.
mandate-accepted-title = Your mandate was accepted
mandate-accepted-body = { $name } agreed to let you act for them at { $municipality }.
mandate-refused-title = Your mandate was refused
mandate-refused-body = { $name } did not agree to let you act for them at { $municipality }.
mandate-given-title = { $name } acts for you
mandate-given-body = { $municipality } noted that { $name } acts for you. Is that wrong? End the mandate in the app, or contact { $municipality }.
mandate-ordered-title = { $name } is appointed to act for you
mandate-ordered-body = { $municipality } noted that { $name } acts for you, by a decision of the court. Is that wrong? Contact { $municipality }.
mandate-from = That begins on { $date }.
mandate-held-title = You act for { $name }
mandate-held-body = { $municipality } noted that you act for { $name }. What for and until when? You can read that in the app, or ask { $municipality }.
mandate-ended-given-title = A mandate has ended
mandate-ended-given-body = { $name } no longer acts for you at { $municipality }. What is booked stays booked.
mandate-ended-held-title = A mandate has ended
mandate-ended-held-body = You no longer act for { $name } at { $municipality }. What is booked stays booked.
mandate-lapsed-given-title = A mandate does not go ahead
mandate-lapsed-given-body = { $name } does not act for you at { $municipality }.
mandate-lapsed-held-title = A mandate does not go ahead
mandate-lapsed-held-body = You do not act for { $name } at { $municipality }.
mandate-why-refused = The mandate was refused.
mandate-why-withdrawn = The person who acted ended the mandate.
mandate-why-revoked = The person who gave the mandate ended it.
mandate-why-staff = A member of staff of { $municipality } ended the mandate.
mandate-why-date = Its time is up.
mandate-why-gone = One of the two is no longer in the register of { $municipality } as a resident.
mandate-of-age-child-title = You are of age
mandate-of-age-child-body = { $name } no longer acts for you as a parent at { $municipality }. Would you like help? Give a mandate, in the app or at the desk.
mandate-of-age-parent-title = { $name } is of age
mandate-of-age-parent-body = You no longer act for { $name } as a parent at { $municipality }. { $name } can give you a mandate, in the app or at the desk.
parent-blocked-title = You no longer act for { $name }
parent-blocked-body = { $municipality } noted that you do not act for { $name } as a parent. Do you have a question? Contact { $municipality }.
parent-unblocked-title = You act for { $name } again
parent-unblocked-body = You act for { $name } as a parent at { $municipality } again.
for-child-title = There is news about an appointment for { $name }
for-child-body = { $municipality } has news about an appointment for { $name }. You can see the appointment in the app, under your child.
for-visit-title = There is news about an appointment for { $name }
for-visit-body = { $municipality } has news about an appointment for { $name }. You can see the appointment in the app, under the person you act for.
for-document-title = There is news about a document of { $name }
for-document-body = { $municipality } has news about a document of { $name }. You can see the document in the app, under the person you act for.
for-other-title = There is a message for { $name }
for-other-body = { $municipality } has a message for { $name }. Read it in the app, under the person you act for.
for-unseen-body = { $municipality } has news for { $name }. You cannot see it yourself. Ask { $name } what it says.
for-call-body = { $municipality } has news for { $name }. Call { $phone } or come by with your identity card to hear what it says.
deed-asked-book-title = { $name } wants to book an appointment
deed-asked-book-body = { $name } proposes an appointment with { $municipality }: { $service }, { $when }. Say yes or no in the app, before { $until }. Until then we keep the time free.
deed-asked-move-title = { $name } wants to move an appointment
deed-asked-move-body = { $name } proposes another time with { $municipality }: { $service }, { $when }. Say yes or no in the app, before { $until }. Until then the appointment stays as it is, and we keep the new time free.
deed-accepted-title = { $name } said yes
deed-accepted-body = { $name } said yes to what you proposed: { $service }, { $when }. It is booked.
deed-refused-title = { $name } said no
deed-refused-body = { $name } said no to what you proposed: { $service }, { $when }. Nothing has changed.
deed-withdrawn-title = Your answer is no longer needed
deed-withdrawn-body = { $name } withdrew the proposal: { $service }, { $when }. Nothing has changed.
deed-late-title = Nobody answered in time
deed-late-body = Nobody said yes in time: { $service }, { $when }. The time is free again. Nothing has changed.
deed-mandate-title = A proposal will not go ahead
deed-mandate-body = The mandate between you and { $name } has ended. So the proposal will not go ahead: { $service }, { $when }. Nothing has changed.
deed-taken-title = A proposal will not go ahead
deed-taken-body = The proposal is no longer possible: { $service }, { $when }. Would you like another time? Choose it in the app.
deed-helper-asked-body = { $name } asks you to agree to an appointment with { $municipality }. In the app, under your mandates, you can read what for and when. Say yes or no before { $until }.
deed-helper-over-body = This is about an appointment for { $name } with { $municipality }. What for and when is not in this message. You can see the appointments as they are now in the app, when you act for { $name }.
mandate-slip-title = Mandate
mandate-slip-holder = Who acts
mandate-slip-grantor = For whom
mandate-slip-may = What is allowed
mandate-slip-with = For what
mandate-slip-mode = How
mandate-slip-mode-represent = In place of the other person.
mandate-slip-mode-assist = Together: what one of them books or moves waits for the other’s yes.
mandate-slip-mode-assist-given = Helping: what the helper proposes waits for a yes from the person who gave the mandate.
mandate-slip-from = From
mandate-slip-until = Up to and including
mandate-slip-no-end = No end date
mandate-slip-by = Noted at the desk by
mandate-slip-verb-see = See
mandate-slip-verb-be-told = Be informed
mandate-slip-verb-book = Book and move
mandate-slip-verb-ask = Ask questions
mandate-slip-kind-documents = Documents
mandate-slip-kind-visits = Appointments
mandate-slip-kind-messages = Messages
mandate-slip-kind-cases = Cases
mandate-slip-end = Do you want this to stop? End the mandate in the app, say so at the desk, call { $phone } or write to { $email }. It stops at once.
mandate-slip-end-court = This mandate is based on a court decision. Does that change? Say so at the desk, call { $phone } or write to { $email }.
audit-deed-proposed = You proposed an appointment or another time in the app.
audit-deed-accepted = You said yes in the app to a proposed appointment or another time.
audit-deed-refused = You said no in the app to a proposed appointment or another time.
audit-deed-over = A proposed appointment or another time did not go ahead.
audit-holder-deed-proposed = { $holder } proposed an appointment or another time.
audit-holder-deed-accepted = { $holder } said yes to the appointment or other time that you proposed.
audit-holder-deed-refused = { $holder } said no to the appointment or other time that you proposed.
audit-holder-deed-over = { $holder } withdrew the proposal.
audit-mandate-asked = Somebody asked in the app to act for you.
audit-mandate-accepted = You agreed in the app that somebody may act for you.
audit-mandate-refused = You refused in the app to let somebody act for you.
audit-mandate-given = A member of staff of { $municipality } noted a mandate between you and somebody else.
audit-mandate-proposed = A member of staff of { $municipality } noted a court decision about an administrator. A colleague will check it.
audit-mandate-confirmed = A member of staff of { $municipality } confirmed a court decision about an administrator.
audit-mandate-ended = A mandate between you and somebody else was ended.
audit-mandates-read = A member of staff of { $municipality } looked at who acts for you and for whom you act.
audit-parent-blocked = A member of staff of { $municipality } noted that a parent does not act for a child.
audit-parent-unblocked = A parent acts for a child again, according to { $municipality }.
audit-holder-unknown = Somebody who is no longer in the register
audit-holder-documents-read = { $holder } looked at your documents, acting for you.
audit-holder-visits-read = { $holder } looked at your appointments, acting for you.
audit-holder-messages-read = { $holder } looked at your messages, acting for you.
audit-holder-visit-booked = { $holder } booked an appointment for you, or held a time.
audit-holder-visit-moved = { $holder } moved or changed your appointment.
audit-holder-visit-cancelled = { $holder } cancelled your appointment.
audit-holder-hold-let-go = { $holder } released a time that was held for you.
audit-holder-mandate-asked = { $holder } asked in the app to act for you.
audit-holder-mandate-ended = { $holder } ended the mandate to act for you.
audit-holder-child-seen = { $holder } looked at data of { $child } as a parent.
audit-holder-child-used = { $holder } worked with data of { $child } as a parent.
council-title = Who received our messages?
council-period = From { $from } up to and including { $until }
council-intro = The municipality promises its residents that a message reaches them: in the app or, if they do not read it there, by e-mail, by letter or by telephone. This page shows in figures what became of the messages. Each message counts once, in the month in which it began.
council-few = not shown
council-few-why = A number below ten is not shown, nor is any number from which it could be worked out: it would show who it is about.
council-tiny = Fewer than 10 people, in total or in one of the parts: no figures are shown.
council-kinds = Messages to one person
council-whole = { $number } messages began in this month.
council-kinds-caption = What became of each message, by kind
council-what = What became of it
council-none = No message to one person began in this month.
council-promised = Promised
council-arrived = Arrived
council-read = Read in the app
council-mailed = Sent by e-mail
council-posted = Sent by letter
council-called = Told by telephone
council-needless = No longer needed
council-settled = Already done, or no longer applies
council-replaced = Repeated in a later message
council-not = Not reached
council-handed-over = A colleague is following it up
council-not-reached = Could not be reached in any way
council-refused = Does not want to be told this way
council-too-late = Not in time
council-not-here = Died or no longer registered
council-under-way = Still under way
council-announced = Announcements
council-announced-intro = The author of an announcement chooses how far it goes: the app only, e-mail as well, or a letter as well. Nobody is called for it.
council-announced-caption = What became of each announcement
council-none-announced = No announcement went out in this month.
council-announcement = Announcement
council-concerned = Who it was for
council-in-app = In the app, not read
council-without-app = Does not have the app
council-with-parent = Through a parent
council-held-back = Already got enough that week
council-plan-reminder = Reminder in time
council-plan-reminder-late = Reminder shortly before the end date
council-plan-reminder-expired = Document has expired
council-plan-visit-changed = Appointment changed
council-plan-closing = Location closed suddenly
