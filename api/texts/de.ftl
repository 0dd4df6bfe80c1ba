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
audit-child-seen = Eine Mitarbeiterin oder ein Mitarbeiter von { $municipality } hat Daten von { $child } angesehen.
audit-child-used = Das Personal oder ein Gerät von { $municipality } hat mit Daten von { $child } gearbeitet.
audit-reminders-read = Jemand von { $municipality } hat angesehen, welche Erinnerungen Sie bekommen haben.
audit-visits-read = Jemand von { $municipality } hat Ihre Termine angesehen.
audit-messages-read = Jemand von { $municipality } hat angesehen, welche Nachrichten Sie bekommen haben.
audit-preferences-read = Jemand von { $municipality } hat angesehen, wie wir Sie erreichen.
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
visit-others = Passt das nicht? Als wir dies schrieben, war auch noch frei: { $others }. Sie können in der App verschieben oder absagen.
visit-closed-title = Ihr Termin am { $date } um { $hour } findet nicht statt
visit-closed-body = { $reason } Ihr Termin für { $service } in { $place } kann nicht stattfinden, und wir fanden keinen anderen freien Platz. Ihre Referenz war { $reference }. Sie können sich in der App auf die Warteliste setzen.
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
visit-at-home = Wir kommen an diese Adresse: { $text }
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
slip-say = Sagen Sie diese Referenz, wenn Sie ankommen, oder lassen Sie den Code lesen.
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
places-waiting = Wartende jetzt: { $count }.
places-minutes = etwa { $minutes } Minuten
places-now = Wer jetzt eine Nummer nimmt, wartet
places-waits = Heute wartete die Hälfte nicht länger als { $half } Minuten, und neun von zehn nicht länger als { $most } Minuten.
places-quiet = Heute meist ruhig: { $hours }.
waiting-over-title = { $service }: Sie stehen nicht mehr auf der Warteliste
waiting-over-body = Die Tage, die Sie für { $service } gewählt hatten, sind vorbei. Sie stehen nicht mehr auf der Warteliste. Sie können einen Termin vereinbaren oder sich wieder auf die Warteliste setzen.
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
audit-visitor-parked = Jemand von { $municipality } hat Sie kurz warten lassen; Ihre Nummer bleibt Ihre.
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
