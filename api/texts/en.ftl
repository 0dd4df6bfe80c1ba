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
renew-kids-id = Make an appointment at the civil affairs desk and bring your child. No letter is sent for a Kids-ID.
bring-kids-id = Your child, the current Kids-ID, a recent passport photo of your child and your own identity card.
time-kids-id = Three weeks at most.
renew-passport = Make an appointment at the civil affairs desk and come in person. Many countries ask for a passport that is good for six more months.
bring-passport = Your identity card, your current passport and a recent passport photo.
time-passport = Six working days or more, and longer before the summer.
renew-driving = Make an appointment at the civil affairs desk and apply in person.
bring-driving = Your current licence and your identity card; for group 2 and code 95 your medical certificate and training points as well.
time-driving = Two to five working days.
renew-residence = Make an appointment at the civil affairs desk and hand in your application in time.
bring-residence = Your current card, your passport, a recent passport photo and the papers on your stay.
time-residence = About three weeks after the decision.
renew-parking = Apply for a new card: it is not renewed by itself.
bring-parking = Your identity card or your digital key.
time-parking = Allow a month or more.
of-child = { $document } of { $name }
title-prepare = { $document }: start preparing
body-prepare = It is valid until { $date }. You cannot apply yet, but you can gather what you need: { $bring }
title-apply = { $document } expires on { $date }
body-apply = { $renew } Bring: { $bring } How long it takes: { $time }
title-late = { $document } expires on { $date }: come or call as soon as you can
body-late = The time to apply is over or nearly so. Contact { $municipality } at once. Bring: { $bring }
title-expired = { $document } has expired
body-expired = It was valid until { $date }. { $renew } Bring: { $bring } This is our last reminder.
title-bring = { $document }: your appointment on { $visit }
body-bring = Your appointment is made; there is nothing more to book. Bring: { $bring }
title-ready = { $document }: ready to collect
body-ready = You can collect it in { $municipality } since { $date }. Bring your current document and the letter with your codes.
title-certificate = { $document }: its certificates expire on { $date }
body-certificate = The card itself stays valid. To go on signing in online with it, come by with your card and PIN: it is done at once.
title-signing = { $document }: you can now sign electronically
body-signing = Your card dates from before you turned eighteen, so it cannot sign yet. Come by with your card and PIN: it is free and done at once.
reminder-many = { $count } documents need your attention
reminder-contact = Questions? { $municipality }, { $phone }, { $email }
action-book = Make an appointment
why-before = { $document }: we remind you { $days } days before it expires on { $date }.
why-after = { $document }: we write once more after it expired on { $date } ({ $days }).
why-ready = { $document }: it has been ready since { $date } ({ $days }).
why-certificate = { $document }: its certificates end ten years after issue, on { $date } ({ $days }).
why-signing = { $document }: you turned eighteen on { $date } ({ $days }).
why-source = The date comes from the population register of { $municipality }, updated on { $date }.
why-stop = You do not want notifications about documents? Switch them off under Preferences. The letter of the municipality still comes.
sign-in-back = Back to the app
sign-in-unknown-title = We cannot find you in { $municipality }
sign-in-unknown-body = You signed in all right, but you are not in the population register of { $municipality } that we were given. If you have just moved, try again in a few days, or choose the municipality where you are registered.
sign-in-contact = Is something wrong? Call { $phone } or write to { $email } ({ $municipality }).
sign-in-stopped-title = You are not signed in
sign-in-stopped-body = Signing in was stopped or took too long. Go back to the app and try again.
sign-in-failed-title = Signing in does not work just now
sign-in-failed-body = The service that confirms who you are does not answer as expected. Try again later.
session-ended-title = You were signed out on { $device }
session-ended-body = An old key of your sign-in on { $device } was used a second time. That can happen after a backup was restored, but also when somebody else tries to read along. So we ended that sign-in.
session-ended-advice = Sign in there again. Don’t recognise this? Look in the app where you are still signed in, and end what you don’t know.
sign-in-too-weak-title = Sign in in a stronger way
sign-in-too-weak-body = This way of signing in is not sure enough for what you want to see. Try again with itsme or with your eID.
sign-in-another-title = That is somebody else
sign-in-another-body = You signed in as another person than in the app. Sign out in the app first if you want to change persons.
staff-welcome = Thuisloket for staff
staff-sign-in = Sign in for { $municipality }
staff-no-provider = No way for staff to sign in has been set up yet.
staff-hello = Hello { $name }
staff-here = you act for it now
staff-choose = Act for { $municipality }
staff-docs = Read and try the API
staff-sign-out = Sign out
staff-again = Begin again
staff-no-roles-title = You have no role here yet
staff-no-roles-body = You are signed in, but nobody gave you a role in this application. Ask your municipality’s administrator for one.
staff-stopped-body = You are not signed in: you stopped, it took too long, or you began in another browser.
staff-failed-title = Signing in does not work just now
staff-failed-body = The sign-in service does not answer, or gave an answer that we do not trust. Try again in a few minutes.
role-announce = write announcements
role-approve = approve announcements
role-counter = help citizens
role-plan = plan desks
role-import = import the register
role-administer = administer
role-audit = audit
audit-resident-found = A member of staff of { $municipality } looked you up.
audit-resident-read = A member of staff of { $municipality } looked at your data.
audit-documents-read = A member of staff of { $municipality } looked at your documents.
audit-sessions-ended = A member of staff of { $municipality } signed you out on all your devices.
audit-reason-visit = You were at the counter.
audit-reason-telephone = You called.
audit-reason-letter = You wrote a letter or an e-mail.
audit-reason-request = To handle a request of yours.
audit-reason-correction = To put a mistake right.
ended-by-staff-title = You are signed out on all your devices
ended-by-staff-body = A member of staff of { $municipality } did so because you asked, or because a device was lost. Sign in again to go on.
visit-booked-title = Your appointment on { $date } at { $hour }
visit-booked-body = { $service }, at { $place }, { $address }, on { $date } at { $hour }. Say at the desk: { $reference }.
visit-moved-title = Your appointment is moved to { $date } at { $hour }
visit-moved-body = { $service }, now at { $place }, { $address }, on { $date } at { $hour }. Your reference is still { $reference }.
visit-cancelled-title = Your appointment on { $date } at { $hour } is off
visit-cancelled-body = { $service }, at { $place }: cancelled. Your reference was { $reference }. You can make a new appointment whenever you like.
visit-tomorrow-title = Tomorrow at { $hour }: { $service }
visit-tomorrow-body = You are expected at { $place }, { $address }, on { $date } at { $hour }. Say at the desk: { $reference }.
visit-soon-title = Today at { $hour }: { $service }
visit-soon-body = You are expected at { $place }, { $address }, at { $hour }. Say at the desk: { $reference }.
visit-bring = Bring: { $text }
visit-access = Access: { $text }
audit-visit-booked = A member of staff of { $municipality } booked a visit for you.
audit-visit-moved = A member of staff of { $municipality } moved your visit.
audit-visit-cancelled = A member of staff of { $municipality } cancelled your visit.
audit-visit-read = A member of staff of { $municipality } looked at your visit.
