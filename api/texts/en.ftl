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
staff-unknown-town-title = We do not find that municipality here
staff-unknown-town-body = The link is of a municipality that is not served here, or whose staff cannot sign in here. Begin again and choose your municipality.
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
audit-reminders-read = A member of staff of { $municipality } looked at which reminders you had.
audit-visits-read = A member of staff of { $municipality } looked at your appointments.
audit-messages-read = A member of staff of { $municipality } looked at which messages you got.
audit-preferences-read = A member of staff of { $municipality } looked at how we reach you.
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
audit-visit-read = A member of staff of { $municipality } looked at your appointment.
audit-hold-let-go = A member of staff of { $municipality } let a time go that was held or offered for you.
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
visit-others = Does that not suit you? When we wrote this, also free: { $others }. You can move or cancel in the app.
visit-closed-title = Your appointment on { $date } at { $hour } has been cancelled
visit-closed-body = { $reason } Your appointment for { $service } at { $place } cannot take place, and we found no other free slot. Your reference was { $reference }. You can join the waiting list in the app.
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
visit-at-home = We will come to this address: { $text }
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
slip-say = Say this reference when you arrive, or let the code be read.
slip-stay = We will contact you. Keep this reference.
slip-change = You cannot come, or you want another time? Ring { $phone } or write to { $email }.
slip-claim = Do you get the app later? Add this appointment there with the reference and the date of birth or the telephone number that you gave.
places-title = Opening hours and waiting time of { $municipality }
places-phone = You can ring { $phone }.
places-open = Open now
places-stopped = Interrupted for a moment. Whoever waits keeps their place.
places-opens = Closed now. Open on { $moment }.
places-closed = Closed now
places-hours = Opening hours
places-closed-day = closed
places-waiting = People waiting now: { $count }.
places-minutes = about { $minutes } minutes
places-now = Whoever takes a number now waits
places-waits = Today half of the people waited no longer than { $half } minutes, and nine in ten no longer than { $most } minutes.
places-quiet = Usually quiet today: { $hours }.
waiting-over-title = { $service }: you are no longer on the waiting list
waiting-over-body = The days you chose for { $service } have passed. You are no longer on the waiting list. You can make an appointment or join the waiting list again.
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
audit-visitor-parked = A member of staff of { $municipality } asked you to wait aside for a moment; your number stays yours.
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
news-none-yet = Nothing was found yet. Go on with the older announcements.
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
language-name = English
front-title = Thuisloket
front-what = This website belongs to the app of your municipality. In the app you make an appointment and read your messages. The links below lead to the announcements that are for everybody.
front-news-of = Announcements from { $municipality }
front-staff = For staff of the municipality
front-others = More
front-docs-citizen = For who makes an app
front-docs-staff = For who connects a program
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
held-told-by-letter = The municipality’s letter had said it already.
held-superseded = A later reminder says the same.
held-past = Its day had passed already.
held-renewed = There is a new document already.
held-stopped = The document has been stopped.
held-deceased = The holder has died.
held-moved = The holder has moved out of the municipality.
held-no-longer-registered = The holder is not in the register any more.
held-link-ended = No longer a parent with authority, by the register.
held-of-age = The child is of age.
