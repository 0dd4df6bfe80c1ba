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
hour = { $h }:{ $m } Uhr
weekday = { $weekday ->
    [mon] Montag
    [tue] Dienstag
    [wed] Mittwoch
    [thu] Donnerstag
    [fri] Freitag
    [sat] Samstag
   *[sun] Sonntag
}
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
bring-eid = Ihren bisherigen Personalausweis und ein aktuelles Passfoto.
time-eid = Ungefähr drei Wochen.
renew-kids-id = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und bringen Sie Ihr Kind mit. Für eine Kids-ID kommt keine Aufforderung per Brief.
bring-kids-id = Ihr Kind, die bisherige Kids-ID, ein aktuelles Passfoto Ihres Kindes und Ihren eigenen Personalausweis.
time-kids-id = Höchstens drei Wochen.
renew-passport = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und kommen Sie selbst. Viele Länder verlangen, dass der Reisepass noch sechs Monate gültig ist.
bring-passport = Ihren Personalausweis, Ihren bisherigen Reisepass und ein aktuelles Passfoto.
time-passport = Sechs Werktage oder mehr, und länger vor dem Sommer.
renew-driving = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und stellen Sie den Antrag persönlich.
bring-driving = Ihren bisherigen Führerschein und Ihren Personalausweis; für Gruppe 2 und Code 95 auch das ärztliche Attest und Ihre Ausbildungspunkte.
time-driving = Zwei bis fünf Werktage.
renew-residence = Vereinbaren Sie einen Termin beim Bevölkerungsdienst und stellen Sie Ihren Antrag so bald wie möglich.
bring-residence = Ihre bisherige Karte, Ihren Reisepass, ein aktuelles Passfoto und die Nachweise zu Ihrem Aufenthalt.
time-residence = Ungefähr drei Wochen nach der Entscheidung.
renew-parking = Beantragen Sie eine neue Karte: Ihre bisherige Karte wird nicht von selbst verlängert.
bring-parking = Ihren Personalausweis oder Ihren digitalen Schlüssel.
time-parking = Rechnen Sie mit einem Monat oder mehr.
of-child = { $document } von { $name }
title-prepare = { $document }: Bereiten Sie sich vor
body-prepare =
    Die Gültigkeit endet am { $date }. Sie können noch keinen Antrag stellen, aber schon sammeln, was nötig ist.

    Bitte mitbringen:
    { $bring }
title-apply = { $document } läuft am { $date } ab
body-apply =
    { $renew }

    Bitte mitbringen:
    { $bring }

    Dauer:
    { $time }
title-late = { $document } läuft am { $date } ab: Kommen Sie so schnell wie möglich vorbei oder rufen Sie an
body-late =
    Die Frist für den Antrag ist vorbei oder fast vorbei. Wenden Sie sich sofort an { $municipality }.

    Bitte mitbringen:
    { $bring }
title-expired = { $document } ist abgelaufen
body-expired =
    Die Gültigkeit endete am { $date }. { $renew }

    Bitte mitbringen:
    { $bring }

    Dies ist unsere letzte Erinnerung.
title-bring = { $document }: Ihr Termin am { $visit }
body-bring =
    Ihr Termin steht, Sie müssen nichts mehr buchen.

    Bitte mitbringen:
    { $bring }
title-ready = { $document } liegt bereit
body-ready = Sie können das Dokument seit dem { $date } in { $municipality } abholen. Bringen Sie auch das alte Dokument mit, falls es eines gibt.
ready-codes = Bringen Sie auch den Brief mit Ihren Codes mit.
title-certificate = { $document }: Die Zertifikate gelten bis zum { $date }
body-certificate = Die Karte selbst bleibt gültig. Um sich weiter online anzumelden, kommen Sie mit Karte und PIN vorbei: Es geschieht sofort.
title-signing = { $document }: Sie können Ihre elektronische Unterschrift freischalten lassen
body-signing = Ihre Karte stammt aus der Zeit vor Ihrem achtzehnten Geburtstag und kann noch nicht unterschreiben. Kommen Sie mit Karte und PIN vorbei: Es ist kostenlos und geschieht sofort.
reminder-many = { $count } Dokumente brauchen Ihre Aufmerksamkeit
reminder-contact = Fragen? { $municipality }, { $phone }, { $email }
action-book = Termin vereinbaren
why-before = { $document }: Wir erinnern Sie { $days } Tage vor dem Ablauf am { $date }.
why-after = { $document }: Wir schreiben Ihnen noch einmal nach dem Ablauf am { $date }.
why-ready = { $document }: Es liegt seit dem { $date } bereit.
why-certificate = { $document }: Die Zertifikate gelten jeweils zehn Jahre, diese bis zum { $date }.
why-signing = { $document }: Sie wurden am { $date } achtzehn.
why-called = { $document }: Wir erinnern Sie { $days } Tage vor dem Ablauf am { $date }, früher als sonst, weil am Schalter viel los war.
why-source = Das Datum stammt aus den Daten von { $municipality }, aktualisiert am { $date }.
why-stop = Sie möchten auf Ihrem Telefon keine Mitteilungen zu Dokumenten? Schalten Sie sie unter Einstellungen aus.
why-letter = Der Brief der Gemeinde kommt weiterhin.
sign-in-back = Zurück zur App
sign-in-unknown-title = Wir finden Sie nicht in { $municipality }
sign-in-unknown-body = Ihre Anmeldung hat geklappt, aber Sie stehen nicht im Bevölkerungsregister von { $municipality }, das wir erhalten haben. Sind Sie gerade umgezogen, versuchen Sie es in einigen Tagen erneut, oder wählen Sie die Gemeinde, in der Sie gemeldet sind.
sign-in-contact = Stimmt etwas nicht? Rufen Sie { $phone } an oder schreiben Sie an { $email } ({ $municipality }).
sign-in-stopped-title = Sie sind nicht angemeldet
sign-in-stopped-body = Die Anmeldung wurde abgebrochen oder dauerte zu lange. Gehen Sie zurück zur App und versuchen Sie es erneut.
sign-in-failed-title = Die Anmeldung funktioniert im Moment nicht
sign-in-failed-body = Der Dienst, der Ihre Identität bestätigt, antwortet nicht wie erwartet. Versuchen Sie es später erneut.
sign-in-set-up-body = Der Anmeldedienst und { $municipality } verstehen einander nicht. Das liegt nicht an Ihnen, und ein neuer Versuch hilft erst, wenn es behoben ist. Wählen Sie in der App eine andere Art der Anmeldung, oder melden Sie sich bei der Gemeinde.
sign-in-done-title = Sie sind schon angemeldet
sign-in-done-body = Diese Anmeldung wurde schon benutzt. Gehen Sie zurück zur App.
sign-in-under-way-title = Einen Augenblick
sign-in-under-way-body = Ihre Anmeldung läuft. Diese Seite geht von selbst weiter.
session-ended-title = Sie sind auf { $device } abgemeldet
session-ended-body = Eine alte Anmeldung auf { $device } wurde noch einmal benutzt. Das kann nach dem Einspielen einer Sicherung geschehen, aber auch, wenn jemand anders mitzulesen versucht. Deshalb haben wir diese Anmeldung beendet.
session-ended-advice = Melden Sie sich dort neu an. Erkennen Sie das nicht wieder? Sehen Sie in der App nach, wo Sie noch angemeldet sind, und beenden Sie, was Sie nicht kennen.
passkey-added-title = Ein Passkey wurde hinzugefügt
passkey-added-body = Der Passkey „{ $name }“ wurde auf { $device } hinzugefügt. Damit bestätigen Sie von nun an ohne eine andere App, wer Sie sind.
passkey-removed-title = Ein Passkey wurde entfernt
passkey-removed-body = Der Passkey „{ $name }“ wurde auf { $device } entfernt. Entfernen Sie ihn auch in den Einstellungen Ihres Geräts.
passkey-copied-title = Ein Passkey gilt nicht mehr
passkey-copied-body = Der Passkey „{ $name }“ wurde auf { $device } benutzt, scheint aber kopiert worden zu sein. Deshalb haben wir ihn entfernt. Es wurde nichts gezeigt.
passkey-advice = Waren Sie das nicht? Melden Sie sich in der App auf allen Geräten ab, melden Sie sich neu an, und entfernen Sie jeden Passkey, den Sie nicht kennen.
sign-in-too-weak-title = Melden Sie sich auf eine sicherere Weise an
sign-in-too-weak-body = Diese Art der Anmeldung ist nicht sicher genug für das, was Sie sehen möchten. Versuchen Sie es noch einmal mit itsme oder mit Ihrer eID.
sign-in-another-title = Das ist jemand anders
sign-in-another-body = Sie haben sich als eine andere Person angemeldet als in der App. Melden Sie sich zuerst in der App ab, um die Person zu wechseln.
staff-welcome = Thuisloket für Mitarbeitende
staff-sign-in = Anmelden für { $municipality }
staff-no-provider = Für Mitarbeitende ist noch keine Anmeldung eingerichtet.
staff-again = Von vorn beginnen
staff-no-roles-title = Sie haben hier keine Rolle
staff-no-roles-body = Sie sind angemeldet, haben aber in dieser Anwendung keine Rolle. Bitten Sie die Verwaltung Ihrer Gemeinde darum.
staff-stopped-body = Sie sind nicht angemeldet: Sie haben abgebrochen, es hat zu lange gedauert, oder Sie haben in einem anderen Browser begonnen.
staff-failed-title = Die Anmeldung geht gerade nicht
staff-failed-body = Der Anmeldedienst antwortet nicht oder hat eine Antwort gegeben, der wir nicht trauen. Versuchen Sie es in einigen Minuten noch einmal.
staff-unknown-town-title = Diese Gemeinde finden wir hier nicht
staff-unknown-town-body = Der Link gehört zu einer Gemeinde, die hier nicht angeschlossen ist oder deren Mitarbeitende sich hier nicht anmelden können. Beginnen Sie von vorn und wählen Sie Ihre Gemeinde.
staff-set-up-body = Der Anmeldedienst und Thuisloket verstehen einander nicht. Ein neuer Versuch hilft erst, wenn es behoben ist: Sagen Sie es der Person, die Thuisloket bei Ihnen betreut. Im Protokoll steht, was nicht stimmt.
role-announce = Mitteilungen schreiben
role-approve = Mitteilungen genehmigen
role-alert = Notfallmeldungen schreiben
role-counter = Bürgerinnen und Bürgern helfen
role-plan = Schalter planen
role-import = das Register einlesen
role-administer = verwalten
role-audit = prüfen
audit-resident-found = Jemand von { $municipality } hat Sie im Register aufgerufen.
audit-resident-read = Jemand von { $municipality } hat Ihre Daten angesehen.
audit-documents-read = Jemand von { $municipality } hat Ihre Dokumente angesehen.
audit-child-seen = Jemand von { $municipality } hat Daten von { $child } angesehen.
audit-child-used = Jemand von { $municipality } oder ein Gerät hat mit Daten von { $child } gearbeitet.
audit-reminders-read = Jemand von { $municipality } hat angesehen, welche Erinnerungen Sie bekommen haben.
audit-visits-read = Jemand von { $municipality } hat Ihre Termine angesehen.
audit-messages-read = Jemand von { $municipality } hat angesehen, welche Nachrichten Sie bekommen haben.
audit-preferences-read = Jemand von { $municipality } hat angesehen, wie wir Sie erreichen.
audit-contact-settings-read = Jemand von { $municipality } hat Ihre Kontakteinstellungen angesehen.
audit-contact-settings-changed = Jemand von { $municipality } hat Ihre Kontakteinstellungen geändert.
audit-email-started = Jemand von { $municipality } hat für Sie einen Code an eine E-Mail-Adresse geschickt.
audit-email-confirmed = Jemand von { $municipality } hat Ihre E-Mail-Adresse mit dem Code bestätigt, den Sie genannt haben.
audit-sessions-ended = Jemand von { $municipality } hat Sie auf allen Geräten abgemeldet.
audit-reason-visit = Sie waren am Schalter.
audit-reason-telephone = Sie haben angerufen.
audit-reason-letter = Sie haben einen Brief oder eine E-Mail geschrieben.
audit-reason-request = Um einen Antrag von Ihnen zu bearbeiten.
audit-reason-correction = Um einen Fehler zu berichtigen.
audit-reason-agenda = Für die Liste der Termine eines Tages.
ended-by-staff-title = Sie sind auf allen Geräten abgemeldet
ended-by-staff-body = Jemand von { $municipality } hat das auf Ihren Wunsch getan, oder weil ein Gerät verloren war. Melden Sie sich neu an, um weiterzumachen.
visit-booked-title = Ihr Termin am { $date } um { $hour }
visit-booked-body =
    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Sagen Sie am Schalter: { $reference }
visit-moved-title = Ihr Termin ist auf den { $date } um { $hour } verschoben
visit-moved-body =
    Ihr Termin ist verschoben. Ihre Referenz bleibt dieselbe.

    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Referenz: { $reference }
visit-joined-title = Ihr Termin ist erweitert: { $date } um { $hour }
visit-joined-body =
    Ihr Termin ist jetzt für mehr Personen oder Dokumente. Er kann länger dauern. Ihre Referenz bleibt dieselbe.

    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Referenz: { $reference }
visit-given-title = Ihr Termin am { $date } um { $hour } läuft nicht mehr auf Ihren Namen
visit-given-body = Sie haben diesen Termin für jemanden ausgemacht, für den Sie nicht mehr handeln. Sie können ihn nicht mehr ansehen oder ändern.
visit-given-others = War der Termin auch für Sie oder für jemand anderen? Dieser Teil gilt nicht mehr. Machen Sie in der App einen neuen Termin aus, oder rufen Sie { $phone } an.
visit-cancelled-title = Abgesagt: Ihr Termin am { $date } um { $hour }
visit-cancelled-body =
    Wo: { $place }
    Wofür: { $service }
    Referenz: { $reference }

    Sie können jederzeit einen neuen Termin vereinbaren.
visit-reminder-title = Erinnerung: { $date } um { $hour }, { $service }
visit-reminder-body =
    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Sagen Sie am Schalter: { $reference }
visit-bring = Bringen Sie mit: { $text }
visit-bring-for = Für { $name } ({ $document }): { $text }
visit-access = Zugang: { $text }
calendar-say = Sagen Sie am Schalter: { $text }
calendar-reference = Referenz: { $text }
audit-visit-booked = Jemand von { $municipality } hat einen Termin für Sie vereinbart.
audit-visit-moved = Jemand von { $municipality } hat Ihren Termin verschoben.
audit-visit-cancelled = Jemand von { $municipality } hat Ihren Termin abgesagt.
audit-visit-rung = Jemand von { $municipality } hat einen Anruf wegen Ihres Termins vermerkt.
audit-calls-read = Jemand von { $municipality } hat auf der Anrufliste gesehen, dass wir Sie anrufen möchten.
audit-call-taken = Jemand von { $municipality } wird Sie anrufen.
audit-call-given-back = Jemand von { $municipality } hat vermerkt, dass jemand anderes Sie anrufen wird.
audit-call-noted = Jemand von { $municipality } hat vermerkt, dass Sie angerufen wurden.
audit-call-closed = Jemand von { $municipality } konnte Sie nicht erreichen und sucht einen anderen Weg.
audit-letters-read = Jemand von { $municipality } hat einen Brief an Sie angesehen.
audit-letter-taken-out = Jemand von { $municipality } hat einen Brief an Sie aus einem Stapel genommen.
audit-letter-put-back = Jemand von { $municipality } hat einen Brief an Sie in einen Stapel zurückgelegt.
audit-letter-returned = Jemand von { $municipality } hat vermerkt, dass ein Brief an Sie zurückkam.
audit-addresses-read = Jemand von { $municipality } hat die Liste der zu prüfenden Adressen angesehen, auf der Sie stehen.
audit-address-checked = Jemand von { $municipality } hat Ihre Adresse geprüft.
audit-visit-read = Jemand von { $municipality } hat Ihren Termin angesehen.
audit-hold-let-go = Jemand von { $municipality } hat eine Zeit, die für Sie freigehalten oder Ihnen angeboten wurde, freigegeben.
audit-waiting-joined = Jemand von { $municipality } hat Sie auf die Warteliste gesetzt.
audit-waiting-left = Jemand von { $municipality } hat Sie von der Warteliste genommen.
audit-waiting-offered = Jemand von { $municipality } hat eine freie Zeit für Sie gesucht, weil Sie auf der Warteliste stehen.
audit-visitor-edited = Jemand von { $municipality } hat berichtigt, was über den Besucher Ihres Termins notiert war.
audit-visit-claimed = Sie haben in der App einen Termin hinzugefügt, den { $municipality } für Sie vereinbart hatte.
audit-passkey-added = Sie haben in der App einen Passkey hinzugefügt.
audit-passkey-removed = Sie haben in der App einen Passkey entfernt.
audit-passkey-copied = Einer Ihrer Passkeys schien kopiert worden zu sein. Die App von { $municipality } hat ihn entfernt.
push-called = Schauen Sie jetzt in die App Ihrer Gemeinde.
push-live-title = Ihre Wartenummer
push-live-body = Hier sehen Sie, wann Sie an der Reihe sind.
push-action-open = Öffnen
push-action-book = Termin vereinbaren
push-action-mute = Solche Mitteilungen nicht mehr anzeigen
push-category-documents = Dokumente
push-category-account = Ihr Konto
push-category-appointments = Termine
push-category-queue = Aufrufe am Schalter
push-category-announcements = Mitteilungen der Gemeinde
push-category-emergency = Notfallmeldungen
moment = { $date } um { $hour }
visit-offered-title = Ein Platz ist frei geworden: { $date } um { $hour }
visit-offered-body =
    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }

    Wir halten diesen Platz für Sie bis zum { $until } frei. Bestätigen Sie in der App. Ohne Antwort geht der Platz an die nächste Person auf der Warteliste.
visit-displaced-title = Ihr Termin ist auf den { $date } um { $hour } verschoben
visit-displaced-body =
    { $reason } Darum kann Ihr Termin nicht wie gebucht stattfinden. Wir halten einen anderen Platz für Sie frei. Ihre Referenz bleibt dieselbe.

    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Referenz: { $reference }
visit-others = Passt das nicht? Als wir dies schrieben, war auch noch frei: { $others }. Sie können in der App verschieben oder absagen, oder unter { $phone } anrufen.
visit-closed-title = Ihr Termin am { $date } um { $hour } findet nicht statt
visit-closed-body = { $reason } Ihr Termin für { $service } in { $place } kann nicht stattfinden, und wir fanden keinen anderen freien Platz. Ihre Referenz war { $reference }. Sie können sich in der App auf die Warteliste setzen, oder unter { $phone } anrufen.
visit-restored-title = Ihr Termin ist wieder am { $date } um { $hour }
visit-restored-body =
    Wir haben dann doch geöffnet. Ihr Termin findet statt wie gebucht.

    Wann: am { $date } um { $hour }
    Wo: { $where }
    Wofür: { $service }
    Referenz: { $reference }
visit-readdressed-title = Andere Adresse für Ihren Termin am { $date } um { $hour }
visit-readdressed-body = Die Adresse von { $place } ist jetzt { $address }. Ihr Termin für { $service } am { $date } um { $hour } findet dort statt. Ihre Referenz bleibt { $reference }.
visit-subject = { $name } ({ $document })
visit-subjects = Für wen: { $text }
visit-companions = Angegebene Namen: { $text }
visit-at-home = Wir kommen an die Adresse, die bei Ihrem Termin steht.
visit-by-telephone = Wir rufen Sie unter dieser Nummer an: { $text }
visit-needs-parent = Ein Elternteil kommt; das Kind muss nicht mitkommen.
visit-needs-both = Ein Elternteil und das Kind kommen zusammen.
slip-title = Ihr Termin
slip-what = Wofür
slip-when = Wann
slip-where = Wo
slip-persons = { $persons } Personen
slip-bring = Bringen Sie mit
slip-bring-for = { $document }: { $text }
slip-access = Zugang
slip-reference = Referenz
slip-say = Nennen Sie diese Referenz, wenn Sie ankommen, oder lassen Sie den Code scannen.
slip-stay = Wir melden uns bei Ihnen. Bewahren Sie diese Referenz auf.
slip-change = Sie können nicht kommen oder möchten einen anderen Termin? Rufen Sie { $phone } an oder schreiben Sie an { $email }.
slip-claim = Haben Sie später die App? Fügen Sie diesen Termin dort mit der Referenz und dem Geburtsdatum oder der Telefonnummer hinzu, die Sie angegeben haben.
places-title = Öffnungszeiten und Wartezeit: { $municipality }
places-phone = Sie können unter { $phone } anrufen.
places-open = Jetzt geöffnet
places-stopped = Kurz unterbrochen. Wer wartet, behält seinen Platz.
places-opens = Jetzt geschlossen. Geöffnet am { $moment }.
places-closed = Jetzt geschlossen
places-hours = Öffnungszeiten
places-closed-day = geschlossen
places-waiting = { $count ->
    [0] Zurzeit wartet niemand.
    [one] Zurzeit wartet 1 Person.
   *[other] Zurzeit warten { $count } Personen.
}
places-minutes = { $count ->
    [0] weniger als 1 Minute
    [one] etwa 1 Minute
   *[other] etwa { $count } Minuten
}
places-unmanned = Noch ist kein Schalter besetzt: Wie lange Sie warten, wissen wir noch nicht.
places-unmanned-service = noch ist kein Schalter besetzt
places-now = Wer jetzt eine Nummer nimmt, wartet
places-waits = Heute wartete die Hälfte nicht länger als { $half } Minuten, und neun von zehn nicht länger als { $most } Minuten.
places-quiet = Heute meist ruhig: { $hours }.
waiting-over-title = { $service }: Sie stehen nicht mehr auf der Warteliste
waiting-over-body = Die Tage, die Sie für { $service } gewählt hatten, sind vorbei. Sie stehen nicht mehr auf der Warteliste. Sie können einen Termin vereinbaren oder sich wieder auf die Warteliste setzen.
waiting-not-theirs-title = { $service }: Sie stehen nicht mehr auf der Warteliste
waiting-not-theirs-body = Sie haben für jemanden gewartet, für den Sie nicht mehr handeln. Warten Sie noch für sich selbst oder für jemand anderen? Dann setzen Sie sich wieder auf die Warteliste.
ticket-called-title = { $number }: Sie sind an der Reihe
ticket-called-body = Gehen Sie jetzt zu { $desk } in { $place }, für { $service }.
ticket-missed-title = { $number }: Wir haben Sie aufgerufen, aber nicht gesehen
ticket-missed-body = Sind Sie doch da? Ziehen Sie eine neue Nummer, in der App oder am Empfang ({ $place }). Sie können auch einen neuen Termin für { $service } vereinbaren.
ticket-left-title = { $number }: Sie warten nicht mehr
ticket-left-body = Wir dachten, dass Sie nicht mehr da sind ({ $place }). Ihre Nummer wird nicht mehr aufgerufen. Sind Sie doch da? Ziehen Sie eine neue Nummer, in der App oder am Empfang.
ticket-closed-title = { $number }: Wir schließen
ticket-closed-body = { $place } schließt jetzt, und Ihre Nummer wird nicht mehr aufgerufen. Es tut uns leid. Sie können in der App einen Termin für { $service } vereinbaren.
ticket-unserved-title = { $number }: Kein Schalter mehr für { $service }
ticket-unserved-body = In { $place } ist kein Schalter mehr für { $service } offen, und Ihre Nummer wird nicht mehr aufgerufen. Es tut uns leid. Sie können in der App einen Termin vereinbaren.
ticket-sent-on-title = { $number }: Noch einen Augenblick
ticket-sent-on-body = Noch ein Schritt: Bitte warten Sie, bis Sie für { $service } aufgerufen werden. Sie behalten Ihre Nummer { $number } und kommen vor allen dran, die jetzt eintreffen.
ticket-done-title = Wie war es?
ticket-done-body = Sie waren in { $place } für { $service }. Wie fanden Sie es? Ihre Antwort wird ohne Ihren Namen aufbewahrt.
screen-now = An der Reihe
screen-nobody = Ihre Nummer erscheint hier.
screen-waiting = Wartende
screen-next = Wartende Nummern
screen-wait = Ohne Termin: ± { $minutes } Min.
screen-closed = Geschlossen.
screen-opens-today = Heute geöffnet ab { $hour }.
screen-opens-on = Wieder geöffnet am { $weekday }, { $date }, ab { $hour }.
screen-opens-weekday = Wieder geöffnet am { $weekday } ab { $hour }.
screen-hours = Öffnungszeiten der nächsten Tage
screen-shut = geschlossen
screen-stopped = Der Dienst ist kurz unterbrochen. Alle behalten ihren Platz.
screen-news = Nachrichten der Gemeinde
screen-pause = Nicht mehr wechseln
screen-lost = Keine Verbindung: Achten Sie auf das Personal.
screen-sound = Ton einschalten
screen-sound-test = Ton testen
screen-sound-said = So klingt dieser Bildschirm.
screen-voiceless = Keine Stimme für Deutsch: Der Bildschirm ruft mit einem Ton auf.
screen-said = Nummer { $number }, { $desk }.
audit-visitor-received = Jemand von { $municipality } oder ein Automat hat Ihnen eine Nummer gegeben.
audit-visitor-called = Jemand von { $municipality } hat Sie zu einem Schalter gerufen.
audit-visitor-served = Jemand von { $municipality } hat Ihnen an einem Schalter geholfen.
audit-visitor-missed = Jemand von { $municipality } hat Sie aufgerufen, und Sie waren nicht da.
audit-visitor-left = Jemand von { $municipality } hat vermerkt, dass Sie gegangen sind, bevor Sie aufgerufen wurden.
audit-visitor-sent-on = Jemand von { $municipality } hat Sie an einen anderen Dienst weitergeleitet.
audit-visitor-parked = Jemand von { $municipality } hat Sie kurz warten lassen; Sie behalten Ihre Nummer.
waiting-unanswered-title = { $service }: Sie stehen nicht mehr auf der Warteliste
waiting-unanswered-body = Wir haben dreimal einen Platz für { $service } für Sie freigehalten und nichts gehört. Wir bieten Ihnen keinen mehr an; Sie können sich jederzeit wieder auf die Warteliste setzen. Ein Termin, den Sie schon hatten, bleibt.
announcement-trial = [Probe] { $title }
announcement-more = Mehr lesen
audit-unreached-read = Jemand von { $municipality } hat die Liste der Personen geöffnet, die eine Mitteilung nicht in der App erreichen konnte. Sie standen darauf.
news-title = Mitteilungen von { $municipality }
news-none = Es gibt keine Mitteilungen, die hier gezeigt werden können.
news-all = Alle Themen
news-topic = Thema
news-postcode = Postleitzahl
news-street = Straße
news-show = Zeigen
news-feeds = Diesen Mitteilungen folgen
news-feed = In einem Feedreader (RSS)
news-calendar = In Ihrem Kalender
news-withdrawn = Zurückgezogen: Das gilt nicht mehr.
news-when = Wann
news-where = Wo
news-published = Veröffentlicht am { $date }
news-filter = Wählen Sie, was Sie sehen möchten
news-filter-note = Sie sehen auch Mitteilungen für ein Gebiet, das hier nicht mit Straße oder Postleitzahl beschrieben ist.
news-words = Suchwort
news-over = Diese Mitteilung galt bis zum { $date }.
news-also = Andere Sprachen:
news-back = Alle Mitteilungen von { $municipality }
news-archive = Archiv
news-archive-title = Archiv: Mitteilungen von { $municipality }
news-older = Ältere Mitteilungen
news-more = Mehr Mitteilungen
news-languages = Sprachen
news-none-yet = Wir haben noch nichts gefunden. Suchen Sie weiter in den älteren Mitteilungen.
news-address = Adresse dieser Mitteilung:
news-share = Diese Mitteilung per E-Mail teilen
news-contact = Fragen an { $municipality }?
topic-works = Bauarbeiten
topic-waste = Abfall
topic-traffic = Verkehr
topic-culture = Kultur
topic-youth = Jugend
topic-sport = Sport
topic-other = Anderes
mail-neutral-subject = Eine Nachricht von { $municipality } wartet auf Sie
mail-neutral-body = { $municipality } hat eine Nachricht für Sie. Melden Sie sich in der App an, um sie zu lesen. Sie haben die App nicht? Rufen Sie { $phone } an.
mail-code-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $municipality }
mail-code-body = Ihr Code ist { $code }. Er gilt { $minutes } Minuten.

    Geben Sie den Code in der App ein, oder lesen Sie ihn dem Personal von { $municipality } vor.

    Haben Sie das nicht angefordert? Dann müssen Sie nichts tun.
mail-open = App von { $municipality } öffnen
mail-unsubscribe = Keine allgemeinen Nachrichten mehr von { $municipality } per E-Mail?
mail-automatic = { $municipality } hat diese E-Mail automatisch geschickt. Wir fragen nie nach Ihrem Passwort oder Ihrer PIN.
mail-unsubscribe-title = Keine Nachrichten mehr per E-Mail?
mail-unsubscribe-body = { $municipality } schickt Ihnen dann keine allgemeinen Nachrichten mehr per E-Mail. Nachrichten, die Sie betreffen, etwa zu Ihrem Termin, bekommen Sie weiterhin.
mail-unsubscribe-button = Diese E-Mails abbestellen
mail-unsubscribed-title = Sie bekommen diese E-Mails nicht mehr
mail-unsubscribed-body = { $municipality } schickt Ihnen keine allgemeinen Nachrichten mehr per E-Mail. In der App können Sie das wieder einschalten.
language-name = Deutsch
front-title = Thuisloket
front-what = Diese Website gehört zur App Ihrer Gemeinde. In der App vereinbaren Sie einen Termin und lesen Ihre Nachrichten. Die Mitteilungen für alle finden Sie über die Links unten.
front-news-of = Mitteilungen von { $municipality }
front-staff = Für Mitarbeitende der Gemeinde
front-others = Mehr
front-docs-citizen = Für alle, die eine App entwickeln (auf Englisch)
front-docs-staff = Für alle, die ein Programm anbinden (auf Englisch)
front-home = Zur Startseite
front-number = Nummer dieser Anfrage: { $number }
front-not-found-title = Diese Seite gibt es nicht
front-not-found-body = Vielleicht ist die Adresse falsch geschrieben, oder die Seite gibt es nicht mehr.
front-busy-title = Im Moment ist zu viel los
front-busy-body = Versuchen Sie es in einer Minute noch einmal.
front-wrong-title = So geht es nicht
front-wrong-body = Die Adresse dieser Seite stimmt nicht ganz. Gehen Sie zur Startseite und versuchen Sie es noch einmal.
front-failed-title = Bei uns ist ein Fehler aufgetreten
front-failed-body = Versuchen Sie es später noch einmal. Geht es dann immer noch nicht? Nennen Sie Ihrer Gemeinde die Nummer unten.
held-no-account = Keine App zu diesem Zeitpunkt.
held-told-by-letter = Der Brief der Gemeinde hatte es schon gesagt.
held-superseded = Eine spätere Erinnerung sagt dasselbe.
held-past = Der Tag war schon vorbei.
held-renewed = Es gibt schon ein neues Dokument.
held-stopped = Das Dokument ist gesperrt.
held-deceased = Der Inhaber ist verstorben.
held-moved = Der Inhaber ist aus der Gemeinde weggezogen.
held-no-longer-registered = Der Inhaber steht nicht mehr im Register.
held-link-ended = Laut Register nicht mehr sorgeberechtigt.
held-of-age = Das Kind ist volljährig.
letter-contact = Fragen? Rufen Sie { $phone } an oder schreiben Sie an { $email }.
letter-batch = Briefe { $number }, Teil { $part }
letter-proof = Probeblatt für Fensterumschläge
letter-proof-text =
    Falten Sie dieses Blatt an den Strichen links und stecken Sie es in einen Umschlag der Gemeinde. Im Fenster darf nur die Adresse zu sehen sein.

    Die farbigen Flächen bleiben für die Post frei. Auf einem echten Brief stehen sie nicht.
country-at = Österreich
country-bg = Bulgarien
country-ca = Kanada
country-ch = Schweiz
country-cy = Zypern
country-cz = Tschechien
country-de = Deutschland
country-dk = Dänemark
country-ee = Estland
country-es = Spanien
country-fi = Finnland
country-fr = Frankreich
country-gb = Vereinigtes Königreich
country-gr = Griechenland
country-hr = Kroatien
country-hu = Ungarn
country-ie = Irland
country-it = Italien
country-lt = Litauen
country-lu = Luxemburg
country-lv = Lettland
country-ma = Marokko
country-mt = Malta
country-nl = Niederlande
country-no = Norwegen
country-pl = Polen
country-pt = Portugal
country-ro = Rumänien
country-se = Schweden
country-si = Slowenien
country-sk = Slowakei
country-tr = Türkei
country-us = Vereinigte Staaten
mandate-asked-title = { $name } möchte für Sie handeln
mandate-asked-body = { $name } bittet um eine Vollmacht, um bei { $municipality } für Sie zu handeln. In der App lesen Sie, wofür und bis wann. Nehmen Sie die Vollmacht dort innerhalb von zwei Wochen an, oder lehnen Sie sie ab.
mandate-accepted-title = Ihre Vollmacht ist angenommen
mandate-accepted-body = { $name } ist einverstanden, dass Sie bei { $municipality } für sie oder ihn handeln.
mandate-refused-title = Ihre Vollmacht ist abgelehnt
mandate-refused-body = { $name } ist nicht einverstanden, dass Sie bei { $municipality } für sie oder ihn handeln.
mandate-given-title = { $name } handelt für Sie
mandate-given-body = Bei { $municipality } ist vermerkt, dass { $name } für Sie handelt. Stimmt das nicht? Beenden Sie die Vollmacht in der App oder wenden Sie sich an { $municipality }.
mandate-ordered-title = { $name } handelt jetzt für Sie
mandate-ordered-body = Bei { $municipality } ist vermerkt, dass { $name } nach einer Entscheidung des Gerichts für Sie handelt. Stimmt das nicht? Wenden Sie sich an { $municipality }.
mandate-from = Das beginnt am { $date }.
mandate-held-title = Sie handeln für { $name }
mandate-held-body = Bei { $municipality } ist vermerkt, dass Sie für { $name } handeln. Wofür und bis wann? Das lesen Sie in der App, oder fragen Sie { $municipality }.
mandate-ended-given-title = Eine Vollmacht ist beendet
mandate-ended-given-body = { $name } handelt bei { $municipality } nicht mehr für Sie. Gebuchte Termine bleiben gebucht.
mandate-ended-held-title = Eine Vollmacht ist beendet
mandate-ended-held-body = Sie handeln bei { $municipality } nicht mehr für { $name }. Gebuchte Termine bleiben gebucht.
mandate-lapsed-given-title = Eine Vollmacht kommt nicht zustande
mandate-lapsed-given-body = { $name } handelt bei { $municipality } nicht für Sie.
mandate-lapsed-held-title = Eine Vollmacht kommt nicht zustande
mandate-lapsed-held-body = Sie handeln bei { $municipality } nicht für { $name }.
mandate-why-refused = Die Vollmacht wurde abgelehnt.
mandate-why-withdrawn = Die Person, die gehandelt hat, hat die Vollmacht beendet.
mandate-why-revoked = Die Person, die die Vollmacht erteilt hat, hat sie beendet.
mandate-why-staff = Jemand von { $municipality } hat die Vollmacht beendet.
mandate-why-date = Die Frist ist vorbei.
mandate-why-gone = Eine der beiden Personen steht nicht mehr als Einwohner im Register von { $municipality }.
mandate-of-age-child-title = Sie sind volljährig
mandate-of-age-child-body = { $name } handelt bei { $municipality } nicht mehr als Elternteil für Sie. Möchten Sie Hilfe? Erteilen Sie eine Vollmacht, in der App oder am Schalter.
mandate-of-age-parent-title = { $name } ist volljährig
mandate-of-age-parent-body = Sie handeln bei { $municipality } nicht mehr als Elternteil für { $name }. { $name } kann Ihnen eine Vollmacht erteilen, in der App oder am Schalter.
parent-blocked-title = Sie handeln nicht mehr für { $name }
parent-blocked-body = { $municipality } hat vermerkt, dass Sie als Elternteil nicht für { $name } handeln. Haben Sie eine Frage? Wenden Sie sich an { $municipality }.
parent-unblocked-title = Sie handeln wieder für { $name }
parent-unblocked-body = Sie handeln bei { $municipality } wieder als Elternteil für { $name }.
for-child-title = Es gibt Neues zu einem Termin von { $name }
for-child-body = { $municipality } hat Neues zu einem Termin von { $name }. Sie sehen den Termin in der App bei Ihrem Kind.
for-visit-title = Es gibt Neues zu einem Termin von { $name }
for-visit-body = { $municipality } hat Neues zu einem Termin von { $name }. Sie sehen den Termin in der App bei der Person, für die Sie handeln.
for-document-title = Es gibt Neues zu einem Dokument von { $name }
for-document-body = { $municipality } hat Neues zu einem Dokument von { $name }. Sie sehen das Dokument in der App bei der Person, für die Sie handeln.
for-other-title = Es gibt eine Nachricht für { $name }
for-other-body = { $municipality } hat eine Nachricht für { $name }. Sie lesen sie in der App bei der Person, für die Sie handeln.
for-unseen-body = { $municipality } hat Neues für { $name }. Sie können es nicht selbst einsehen. Fragen Sie { $name }, was darin steht.
for-call-body = { $municipality } hat Neues für { $name }. Rufen Sie { $phone } an oder kommen Sie mit Ihrem Personalausweis vorbei, dann erfahren Sie, was darin steht.
deed-asked-book-title = { $name } möchte einen Termin buchen
deed-asked-book-body = { $name } schlägt einen Termin bei { $municipality } vor: { $service }, { $when }. Sagen Sie in der App Ja oder Nein, vor dem { $until }. Bis dahin halten wir den Termin frei.
deed-asked-move-title = { $name } möchte einen Termin verschieben
deed-asked-move-body = { $name } schlägt eine andere Zeit bei { $municipality } vor: { $service }, { $when }. Sagen Sie in der App Ja oder Nein, vor dem { $until }. Bis dahin bleibt der Termin, wie er ist, und wir halten die neue Zeit frei.
deed-accepted-title = { $name } hat Ja gesagt
deed-accepted-body = { $name } hat zu Ihrem Vorschlag Ja gesagt: { $service }, { $when }. Es ist gebucht.
deed-refused-title = { $name } hat Nein gesagt
deed-refused-body = { $name } hat zu Ihrem Vorschlag Nein gesagt: { $service }, { $when }. Es hat sich nichts geändert.
deed-withdrawn-title = Ihre Antwort ist nicht mehr nötig
deed-withdrawn-body = { $name } hat den Vorschlag zurückgezogen: { $service }, { $when }. Es hat sich nichts geändert.
deed-late-title = Niemand hat rechtzeitig geantwortet
deed-late-body = Niemand hat rechtzeitig Ja gesagt: { $service }, { $when }. Die Zeit ist wieder frei. Es hat sich nichts geändert.
deed-mandate-title = Ein Vorschlag entfällt
deed-mandate-body = Die Vollmacht zwischen Ihnen und { $name } ist beendet. Deshalb entfällt der Vorschlag: { $service }, { $when }. Es hat sich nichts geändert.
deed-taken-title = Ein Vorschlag entfällt
deed-taken-body = Der Vorschlag ist nicht mehr möglich: { $service }, { $when }. Möchten Sie eine andere Zeit? Wählen Sie sie in der App.
deed-helper-asked-body = { $name } bittet um Ihre Zustimmung zu einem Termin bei { $municipality }. Wofür und wann, lesen Sie in der App bei Ihren Vollmachten. Sagen Sie Ja oder Nein, vor dem { $until }.
deed-helper-over-body = Es geht um einen Termin von { $name } bei { $municipality }. Wofür und wann, steht nicht in dieser Nachricht. Wie die Termine jetzt sind, sehen Sie in der App, wenn Sie für { $name } handeln.
mandate-slip-title = Vollmacht
mandate-slip-holder = Wer handelt
mandate-slip-grantor = Für wen
mandate-slip-may = Was erlaubt ist
mandate-slip-with = Wofür
mandate-slip-mode = Wie
mandate-slip-mode-represent = Anstelle der anderen Person.
mandate-slip-mode-assist = Gemeinsam: Was eine der beiden Personen bucht oder verschiebt, wartet auf die Zustimmung der anderen.
mandate-slip-mode-assist-given = Helfen: Was die helfende Person vorschlägt, wartet auf die Zustimmung der Person, die die Vollmacht erteilt hat.
mandate-slip-from = Ab
mandate-slip-until = Bis einschließlich
mandate-slip-no-end = Kein Enddatum
mandate-slip-by = Am Schalter notiert von
mandate-slip-verb-see = Ansehen
mandate-slip-verb-be-told = Benachrichtigt werden
mandate-slip-verb-book = Buchen und verschieben
mandate-slip-verb-ask = Fragen stellen
mandate-slip-kind-documents = Dokumente
mandate-slip-kind-visits = Termine
mandate-slip-kind-messages = Nachrichten
mandate-slip-kind-cases = Akten
mandate-slip-end = Soll das aufhören? Beenden Sie die Vollmacht in der App, sagen Sie es am Schalter, rufen Sie { $phone } an oder schreiben Sie an { $email }. Sie endet sofort.
mandate-slip-end-court = Diese Vollmacht beruht auf einer Entscheidung des Gerichts. Ändert sie sich? Sagen Sie es am Schalter, rufen Sie { $phone } an oder schreiben Sie an { $email }.
audit-deed-proposed = Sie haben in der App einen Termin oder eine andere Zeit vorgeschlagen.
audit-deed-accepted = Sie haben in der App zu einem vorgeschlagenen Termin oder einer anderen Zeit Ja gesagt.
audit-deed-refused = Sie haben in der App zu einem vorgeschlagenen Termin oder einer anderen Zeit Nein gesagt.
audit-deed-over = Ein vorgeschlagener Termin oder eine andere Zeit kam nicht zustande.
audit-holder-deed-proposed = { $holder } hat einen Termin oder eine andere Zeit vorgeschlagen.
audit-holder-deed-accepted = { $holder } hat Ja gesagt zu Ihrem Vorschlag für einen Termin oder eine andere Zeit.
audit-holder-deed-refused = { $holder } hat Nein gesagt zu Ihrem Vorschlag für einen Termin oder eine andere Zeit.
audit-holder-deed-over = { $holder } hat den Vorschlag zurückgezogen.
audit-mandate-asked = Jemand hat in der App darum gebeten, für Sie zu handeln.
audit-mandate-accepted = Sie haben in der App zugestimmt, dass jemand für Sie handelt.
audit-mandate-refused = Sie haben in der App abgelehnt, dass jemand für Sie handelt.
audit-mandate-given = Jemand von { $municipality } hat eine Vollmacht zwischen Ihnen und einer anderen Person vermerkt.
audit-mandate-proposed = Jemand von { $municipality } hat eine Entscheidung des Gerichts über einen Verwalter vermerkt. Eine Kollegin oder ein Kollege prüft sie.
audit-mandate-confirmed = Jemand von { $municipality } hat eine Entscheidung des Gerichts über einen Verwalter bestätigt.
audit-mandate-ended = Eine Vollmacht zwischen Ihnen und einer anderen Person wurde beendet.
audit-mandates-read = Jemand von { $municipality } hat angesehen, wer für Sie handelt und für wen Sie handeln.
audit-parent-blocked = Jemand von { $municipality } hat vermerkt, dass ein Elternteil nicht für ein Kind handelt.
audit-parent-unblocked = Laut { $municipality } handelt ein Elternteil wieder für ein Kind.
audit-holder-unknown = Jemand, der nicht mehr im Register steht,
audit-holder-documents-read = { $holder } hat in Ihrem Namen Ihre Dokumente angesehen.
audit-holder-visits-read = { $holder } hat in Ihrem Namen Ihre Termine angesehen.
audit-holder-messages-read = { $holder } hat in Ihrem Namen Ihre Nachrichten angesehen.
audit-holder-visit-booked = { $holder } hat einen Termin für Sie gebucht oder eine Zeit freigehalten.
audit-holder-visit-moved = { $holder } hat Ihren Termin verschoben oder geändert.
audit-holder-visit-cancelled = { $holder } hat Ihren Termin abgesagt.
audit-holder-hold-let-go = { $holder } hat eine Zeit freigegeben, die für Sie freigehalten wurde.
audit-holder-mandate-asked = { $holder } hat in der App darum gebeten, für Sie zu handeln.
audit-holder-mandate-ended = { $holder } hat die Vollmacht beendet, mit der sie oder er für Sie handeln durfte.
audit-holder-child-seen = { $holder } hat als Elternteil Daten von { $child } angesehen.
audit-holder-child-used = { $holder } hat als Elternteil mit Daten von { $child } gearbeitet.
council-title = Wer hat unsere Nachrichten erhalten?
council-period = Vom { $from } bis zum { $until }
council-intro = Die Gemeinde verspricht ihren Einwohnern, dass eine Nachricht sie erreicht: in der App oder, wenn sie sie dort nicht lesen, per E-Mail, per Brief oder am Telefon. Diese Seite zeigt in Zahlen, was aus den Nachrichten wurde. Jede Nachricht zählt einmal, in dem Monat, in dem sie begann.
council-few = nicht gezeigt
council-few-why = Eine Zahl unter zehn zeigen wir nicht, und auch keine, aus der man sie ableiten kann: Sie würde verraten, um wen es geht.
council-tiny = Weniger als 10 Personen, insgesamt oder in einem Teil: Wir zeigen keine Zahlen.
council-kinds = Nachrichten an eine Person
council-whole = In diesem Monat begannen { $number } Nachrichten.
council-kinds-caption = Was aus jeder Nachricht wurde, nach Art
council-what = Was daraus wurde
council-none = In diesem Monat begann keine Nachricht an eine Person.
council-promised = Versprochen
council-arrived = Angekommen
council-read = In der App gelesen
council-mailed = Per E-Mail gesendet
council-posted = Per Brief gesendet
council-called = Am Telefon mitgeteilt
council-needless = Nicht mehr nötig
council-settled = Schon erledigt, oder gilt nicht mehr
council-replaced = In einer späteren Nachricht wiederholt
council-not = Nicht erreicht
council-handed-over = Jemand vom Personal kümmert sich darum
council-not-reached = Auf keinem Weg erreichbar
council-refused = Möchte nicht auf diesem Weg benachrichtigt werden
council-too-late = Nicht rechtzeitig
council-not-here = Verstorben oder nicht mehr eingetragen
council-under-way = Noch unterwegs
council-announced = Mitteilungen
council-announced-intro = Wer eine Mitteilung schreibt, wählt, wie weit sie geht: nur die App, auch E-Mail oder auch ein Brief. Niemand wird dafür angerufen.
council-announced-caption = Was aus jeder Mitteilung wurde
council-none-announced = In diesem Monat ging keine Mitteilung hinaus.
council-announcement = Mitteilung
council-concerned = Für wen gedacht
council-in-app = In der App, nicht gelesen
council-without-app = Hat die App nicht
council-with-parent = Über einen Elternteil
council-held-back = Hatte in dieser Woche schon genug
council-plan-reminder = Rechtzeitige Erinnerung
council-plan-reminder-late = Erinnerung kurz vor dem Enddatum
council-plan-reminder-expired = Dokument ist abgelaufen
council-plan-visit-changed = Termin geändert
council-plan-closing = Standort plötzlich geschlossen
