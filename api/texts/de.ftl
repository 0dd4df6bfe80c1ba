# What we say, in German.
date = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
push-neutral = Sie haben eine neue Nachricht Ihrer Gemeinde.
document-eid = Personalausweis
document-kids-id = Kids-ID
document-passport = Reisepass
document-driving-licence = Führerschein
document-driving-group2 = Führerschein Gruppe 2
document-driving-code95 = Berufsbefähigung (Code 95)
document-residence-a = Aufenthaltskarte
document-residence-permanent = Aufenthaltskarte
document-residence-f = Aufenthaltskarte
document-disabled-parking = Parkkarte für Menschen mit Behinderung
document-resident-parking = Anwohnerparkkarte
renew-eid = Vereinbaren Sie einen Termin beim Bevölkerungsdienst. Sie kommen zweimal: um die Karte zu beantragen und um sie abzuholen.
bring-eid = Ihren heutigen Personalausweis und ein aktuelles Passfoto.
time-eid = Ungefähr drei Wochen.
renew-kids-id = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und bringen Sie Ihr Kind mit. Für eine Kids-ID kommt keine Aufforderung per Brief.
bring-kids-id = Ihr Kind, die heutige Kids-ID, ein aktuelles Passfoto Ihres Kindes und Ihren eigenen Personalausweis.
time-kids-id = Höchstens drei Wochen.
renew-passport = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und kommen Sie selbst. Viele Länder verlangen, dass der Reisepass noch sechs Monate gültig ist.
bring-passport = Ihren Personalausweis, Ihren heutigen Reisepass und ein aktuelles Passfoto.
time-passport = Sechs Werktage oder mehr, und länger vor dem Sommer.
renew-driving = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und stellen Sie den Antrag persönlich.
bring-driving = Ihren heutigen Führerschein und Ihren Personalausweis; für Gruppe 2 und Code 95 auch das ärztliche Attest und Ihre Ausbildungspunkte.
time-driving = Zwei bis fünf Werktage.
renew-residence = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und stellen Sie Ihren Antrag rechtzeitig.
bring-residence = Ihre heutige Karte, Ihren Reisepass, ein aktuelles Passfoto und die Nachweise zu Ihrem Aufenthalt.
time-residence = Ungefähr drei Wochen nach der Entscheidung.
renew-parking = Beantragen Sie eine neue Karte: sie wird nicht von selbst verlängert.
bring-parking = Ihren Personalausweis oder Ihren digitalen Schlüssel.
time-parking = Rechnen Sie mit einem Monat oder mehr.
of-child = { $document } von { $name }
title-prepare = { $document }: bereiten Sie sich vor
body-prepare = Die Gültigkeit endet am { $date }. Sie können noch keinen Antrag stellen, aber schon sammeln, was nötig ist: { $bring }
title-apply = { $document } läuft am { $date } ab
body-apply = { $renew } Bitte mitbringen: { $bring } Dauer: { $time }
title-late = { $document } läuft am { $date } ab: kommen oder rufen Sie sofort an
body-late = Die Frist für den Antrag ist vorbei oder fast vorbei. Wenden Sie sich sofort an { $municipality }. Bitte mitbringen: { $bring }
title-expired = { $document } ist abgelaufen
body-expired = Die Gültigkeit endete am { $date }. { $renew } Bitte mitbringen: { $bring } Dies ist unsere letzte Erinnerung.
title-bring = { $document }: Ihr Termin am { $visit }
body-bring = Ihr Termin steht, Sie müssen nichts mehr buchen. Bitte mitbringen: { $bring }
title-ready = { $document }: liegt bereit
body-ready = Sie können das Dokument seit dem { $date } in { $municipality } abholen. Bringen Sie Ihr heutiges Dokument und den Brief mit Ihren Codes mit.
title-certificate = { $document }: die Zertifikate laufen am { $date } ab
body-certificate = Die Karte selbst bleibt gültig. Um sich weiter online anzumelden, kommen Sie mit Karte und PIN vorbei: es geschieht sofort.
title-signing = { $document }: Sie können jetzt elektronisch unterschreiben
body-signing = Ihre Karte stammt aus der Zeit vor Ihrem achtzehnten Geburtstag und kann noch nicht unterschreiben. Kommen Sie mit Karte und PIN vorbei: es ist kostenlos und geschieht sofort.
reminder-many = { $count } Dokumente brauchen Ihre Aufmerksamkeit
reminder-contact = Fragen? { $municipality }, { $phone }, { $email }
action-book = Termin vereinbaren
why-before = { $document }: wir erinnern Sie { $days } Tage vor dem Ablauf am { $date }.
why-after = { $document }: wir schreiben Ihnen noch einmal nach dem Ablauf am { $date } ({ $days }).
why-ready = { $document }: es liegt seit dem { $date } bereit ({ $days }).
why-certificate = { $document }: die Zertifikate enden zehn Jahre nach der Ausstellung, am { $date } ({ $days }).
why-signing = { $document }: Sie wurden am { $date } achtzehn ({ $days }).
why-source = Das Datum stammt aus dem Bevölkerungsregister von { $municipality }, aktualisiert am { $date }.
why-stop = Sie möchten keine Mitteilungen zu Dokumenten? Schalten Sie sie unter Einstellungen aus. Der Brief der Gemeinde kommt weiterhin.
sign-in-back = Zurück zur App
sign-in-unknown-title = Wir finden Sie nicht in { $municipality }
sign-in-unknown-body = Ihre Anmeldung hat geklappt, aber Sie stehen nicht im Bevölkerungsregister von { $municipality }, das wir erhalten haben. Sind Sie gerade umgezogen, versuchen Sie es in einigen Tagen erneut, oder wählen Sie die Gemeinde, in der Sie gemeldet sind.
sign-in-contact = Stimmt etwas nicht? Rufen Sie { $phone } an oder schreiben Sie an { $email } ({ $municipality }).
sign-in-stopped-title = Sie sind nicht angemeldet
sign-in-stopped-body = Die Anmeldung wurde abgebrochen oder dauerte zu lange. Gehen Sie zurück zur App und versuchen Sie es erneut.
sign-in-failed-title = Die Anmeldung funktioniert im Moment nicht
sign-in-failed-body = Der Dienst, der Ihre Identität bestätigt, antwortet nicht wie erwartet. Versuchen Sie es später erneut.
session-ended-title = Sie sind auf { $device } abgemeldet
session-ended-body = Ein alter Schlüssel Ihrer Anmeldung auf { $device } wurde ein zweites Mal benutzt. Das kann nach dem Einspielen einer Sicherung geschehen, aber auch, wenn jemand mitzulesen versucht. Deshalb haben wir diese Anmeldung beendet.
session-ended-advice = Melden Sie sich dort neu an. Erkennen Sie das nicht wieder? Sehen Sie in der App nach, wo Sie noch angemeldet sind, und beenden Sie, was Sie nicht kennen.
sign-in-too-weak-title = Melden Sie sich auf eine sicherere Weise an
sign-in-too-weak-body = Diese Art der Anmeldung ist nicht sicher genug für das, was Sie sehen möchten. Versuchen Sie es noch einmal mit itsme oder mit Ihrer eID.
sign-in-another-title = Das ist jemand anders
sign-in-another-body = Sie haben sich als eine andere Person angemeldet als in der App. Melden Sie sich zuerst in der App ab, um die Person zu wechseln.
staff-welcome = Thuisloket für Mitarbeitende
staff-sign-in = Anmelden für { $municipality }
staff-no-provider = Für Mitarbeitende ist noch keine Anmeldung eingerichtet.
staff-hello = Guten Tag { $name }
staff-here = hier arbeiten Sie jetzt
staff-choose = Für { $municipality } arbeiten
staff-docs = Die API lesen und ausprobieren
staff-sign-out = Abmelden
staff-again = Von vorn beginnen
staff-no-roles-title = Sie haben hier noch keine Rolle
staff-no-roles-body = Sie sind angemeldet, aber niemand hat Ihnen in dieser Anwendung eine Rolle gegeben. Bitten Sie die Verwaltung Ihrer Gemeinde darum.
staff-stopped-body = Sie sind nicht angemeldet: Sie haben abgebrochen, es hat zu lange gedauert, oder Sie haben in einem anderen Browser begonnen.
staff-failed-title = Die Anmeldung geht gerade nicht
staff-failed-body = Der Anmeldedienst antwortet nicht oder hat eine Antwort gegeben, der wir nicht trauen. Versuchen Sie es in einigen Minuten noch einmal.
role-announce = Mitteilungen schreiben
role-approve = Mitteilungen genehmigen
role-counter = Bürgern helfen
role-plan = Schalter planen
role-import = das Register einlesen
role-administer = verwalten
role-audit = prüfen
audit-resident-found = Jemand von { $municipality } hat Sie gesucht.
audit-resident-read = Jemand von { $municipality } hat Ihre Daten angesehen.
audit-documents-read = Jemand von { $municipality } hat Ihre Dokumente angesehen.
audit-sessions-ended = Jemand von { $municipality } hat Sie auf allen Geräten abgemeldet.
audit-reason-visit = Sie waren am Schalter.
audit-reason-telephone = Sie haben angerufen.
audit-reason-letter = Sie haben einen Brief oder eine E-Mail geschrieben.
audit-reason-request = Um einen Antrag von Ihnen zu bearbeiten.
audit-reason-correction = Um einen Fehler zu berichtigen.
ended-by-staff-title = Sie sind auf allen Geräten abgemeldet
ended-by-staff-body = Jemand von { $municipality } hat das auf Ihren Wunsch getan, oder weil ein Gerät verloren war. Melden Sie sich neu an, um weiterzumachen.
visit-booked-title = Ihr Termin am { $date } um { $hour }
visit-booked-body = { $service }, in { $place }, { $address }, am { $date } um { $hour }. Sagen Sie am Schalter: { $reference }.
visit-moved-title = Ihr Termin ist auf den { $date } um { $hour } verschoben
visit-moved-body = { $service }, jetzt in { $place }, { $address }, am { $date } um { $hour }. Ihre Referenz bleibt { $reference }.
visit-cancelled-title = Ihr Termin am { $date } um { $hour } findet nicht statt
visit-cancelled-body = { $service }, in { $place }: abgesagt. Ihre Referenz war { $reference }. Sie können jederzeit einen neuen Termin machen.
visit-tomorrow-title = Morgen um { $hour }: { $service }
visit-tomorrow-body = Sie werden in { $place }, { $address }, am { $date } um { $hour } erwartet. Sagen Sie am Schalter: { $reference }.
visit-soon-title = Heute um { $hour }: { $service }
visit-soon-body = Sie werden in { $place }, { $address }, um { $hour } erwartet. Sagen Sie am Schalter: { $reference }.
visit-bring = Bringen Sie mit: { $text }
visit-access = Zugang: { $text }
audit-visit-booked = Jemand von { $municipality } hat einen Termin für Sie gemacht.
audit-visit-moved = Jemand von { $municipality } hat Ihren Termin verschoben.
audit-visit-cancelled = Jemand von { $municipality } hat Ihren Termin abgesagt.
audit-visit-read = Jemand von { $municipality } hat Ihren Termin angesehen.
