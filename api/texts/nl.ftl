# What we say, in Dutch. Each key stands in all four catalogues; a test compares them.
date = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }
push-neutral = Je hebt een nieuw bericht van je gemeente.
hour = { $h }.{ $m } uur
weekday = { $weekday ->
    [mon] maandag
    [tue] dinsdag
    [wed] woensdag
    [thu] donderdag
    [fri] vrijdag
    [sat] zaterdag
   *[sun] zondag
}
document-eid = Identiteitskaart
document-kids-id = Kids-ID
document-passport = Reispas
document-driving-licence = Rijbewijs
document-driving-group2 = Rijbewijs groep 2
document-driving-code95 = Vakbekwaamheid (code 95)
document-residence-a = Verblijfskaart
document-residence-permanent = Verblijfskaart
document-residence-f = Verblijfskaart
document-disabled-parking = Parkeerkaart voor personen met een handicap
document-resident-parking = Bewonerskaart
renew-eid = Maak een afspraak bij Burgerzaken. Je komt twee keer: om de kaart aan te vragen en om ze af te halen.
bring-eid = Je huidige identiteitskaart en een recente pasfoto.
time-eid = Ongeveer drie weken.
renew-kids-id = Maak een afspraak bij Burgerzaken en breng je kind mee. Voor een Kids-ID krijg je geen oproepingsbrief.
bring-kids-id = Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.
time-kids-id = Ten hoogste drie weken.
renew-passport = Maak een afspraak bij Burgerzaken en kom zelf langs. Veel landen vragen dat je reispas nog zes maanden geldig is.
bring-passport = Je identiteitskaart, je huidige reispas en een recente pasfoto.
time-passport = Zes werkdagen of meer, en langer vóór de zomer.
renew-driving = Maak een afspraak bij Burgerzaken en kom zelf langs om de aanvraag te doen.
bring-driving = Je huidige rijbewijs en je identiteitskaart; voor groep 2 en code 95 ook je medische keuring en je opleidingspunten.
time-driving = Twee tot vijf werkdagen.
renew-residence = Maak een afspraak bij Burgerzaken en dien je aanvraag zo snel mogelijk in.
bring-residence = Je huidige kaart, je reispas, een recente pasfoto en de bewijsstukken voor je verblijf.
time-residence = Ongeveer drie weken na de beslissing.
renew-parking = Vraag een nieuwe kaart aan: je huidige kaart wordt niet vanzelf verlengd.
bring-parking = Je identiteitskaart of je digitale sleutel.
time-parking = Reken op een maand of meer.
of-child = { $document } van { $name }
title-prepare = { $document }: bereid je al voor
body-prepare =
    De geldigheid eindigt op { $date }. Je kan nog geen aanvraag doen, maar wel al verzamelen wat je nodig hebt.

    Breng mee:
    { $bring }
title-apply = { $document } vervalt op { $date }
body-apply =
    { $renew }

    Breng mee:
    { $bring }

    Hoelang het duurt:
    { $time }
title-late = { $document } vervalt op { $date }: kom of bel zo snel mogelijk
body-late =
    De termijn om een nieuwe aan te vragen is voorbij of bijna voorbij. Neem meteen contact op met { $municipality }.

    Breng mee:
    { $bring }
title-expired = { $document } is vervallen
body-expired =
    De geldigheid eindigde op { $date }. { $renew }

    Breng mee:
    { $bring }

    Dit is onze laatste herinnering.
title-bring = { $document }: je afspraak op { $visit }
body-bring =
    Je afspraak is gemaakt, je hoeft niets meer te boeken.

    Breng mee:
    { $bring }
title-ready = { $document } ligt klaar
body-ready = Je kan het document sinds { $date } afhalen in { $municipality }. Breng ook het oude document mee, als er een is.
ready-codes = Breng ook de brief met je codes mee.
title-certificate = { $document }: de certificaten gelden tot { $date }
body-certificate = De kaart zelf blijft geldig. Wil je ze online blijven gebruiken? Kom dan langs met je kaart en je pincode: het gebeurt meteen.
title-signing = { $document }: je kan je elektronische handtekening laten activeren
body-signing = Je kaart dateert van vóór je achttiende en kan daarom nog niet tekenen. Kom langs met je kaart en je pincode: het is gratis en gebeurt meteen.
reminder-many = { $count } documenten vragen je aandacht
reminder-contact = Vragen? { $municipality }, { $phone }, { $email }
action-book = Afspraak maken
why-before = { $document }: we herinneren je { $days } dagen voor de vervaldatum van { $date }.
why-after = { $document }: we schrijven je nog één keer na de vervaldatum van { $date }.
why-ready = { $document }: het ligt klaar sinds { $date }.
why-certificate = { $document }: de certificaten zijn telkens tien jaar geldig, deze tot { $date }.
why-signing = { $document }: je werd achttien op { $date }.
why-called = { $document }: we herinneren je { $days } dagen voor de vervaldatum van { $date }, vroeger dan anders, omdat het druk was aan het loket.
why-source = De datum komt uit de gegevens van { $municipality }, bijgewerkt op { $date }.
why-stop = Wil je geen meldingen over documenten op je telefoon? Zet ze uit bij Voorkeuren.
why-letter = De brief van de gemeente blijft komen.
sign-in-back = Terug naar de app
sign-in-unknown-title = We vinden je niet terug in { $municipality }
sign-in-unknown-body = Je bent goed aangemeld, maar je staat niet in het bevolkingsregister van { $municipality } dat wij kregen. Ben je pas verhuisd, probeer het dan over enkele dagen opnieuw, of kies de gemeente waar je ingeschreven bent.
sign-in-contact = Klopt er iets niet? Bel { $phone } of schrijf naar { $email } ({ $municipality }).
sign-in-stopped-title = Je bent niet aangemeld
sign-in-stopped-body = Het aanmelden werd gestopt of duurde te lang. Ga terug naar de app en probeer het opnieuw.
sign-in-failed-title = Aanmelden lukt nu niet
sign-in-failed-body = De dienst die je identiteit bevestigt, antwoordt niet zoals verwacht. Probeer het later opnieuw.
sign-in-set-up-body = De aanmelddienst en { $municipality } verstaan elkaar niet. Dat ligt niet aan jou, en opnieuw proberen helpt pas als het hersteld is. Kies in de app een andere manier om je aan te melden, of neem contact op.
sign-in-done-title = Je bent al aangemeld
sign-in-done-body = Deze aanmelding is al gebruikt. Ga terug naar de app.
sign-in-under-way-title = Even geduld
sign-in-under-way-body = Je aanmelding is bezig. Deze pagina gaat vanzelf verder.
session-ended-title = Je bent afgemeld op { $device }
session-ended-body = Een oude aanmelding van { $device } werd opnieuw gebruikt. Dat kan na het terugzetten van een reservekopie, maar ook als iemand anders probeert mee te kijken. Daarom beëindigden we die aanmelding.
session-ended-advice = Meld je daar opnieuw aan. Herken je dit niet? Kijk in de app waar je nog aangemeld bent, en beëindig wat je niet kent.
passkey-added-title = Er is een toegangssleutel toegevoegd
passkey-added-body = De toegangssleutel “{ $name }” werd toegevoegd op { $device }. Je bevestigt er voortaan mee wie je bent, zonder een andere app.
passkey-removed-title = Er is een toegangssleutel verwijderd
passkey-removed-body = De toegangssleutel “{ $name }” werd verwijderd op { $device }. Verwijder die ook in de instellingen van je toestel.
passkey-copied-title = Een toegangssleutel werkt niet meer
passkey-copied-body = De toegangssleutel “{ $name }” werd gebruikt op { $device }, maar lijkt gekopieerd te zijn. Daarom hebben we die verwijderd. Er werd niets getoond.
passkey-advice = Was jij dit niet? Meld je in de app af op al je toestellen, meld je opnieuw aan, en verwijder elke toegangssleutel die je niet kent.
sign-in-too-weak-title = Meld je aan op een sterkere manier
sign-in-too-weak-body = Deze manier van aanmelden is niet zeker genoeg voor wat je wil zien. Probeer opnieuw met itsme of met je eID.
sign-in-another-title = Dat is iemand anders
sign-in-another-body = Je bent aangemeld als iemand anders dan in de app. Meld je eerst af in de app als je van persoon wil wisselen.
staff-welcome = Thuisloket voor medewerkers
staff-sign-in = Aanmelden voor { $municipality }
staff-no-provider = Er is nog geen aanmeldwijze voor medewerkers ingesteld.
staff-again = Opnieuw beginnen
staff-no-roles-title = Je hebt hier geen rol
staff-no-roles-body = Je bent aangemeld, maar je hebt geen rol in deze toepassing. Vraag er een aan de beheerder van je gemeente.
staff-stopped-body = Je bent niet aangemeld: je hield zelf op, het duurde te lang, of je begon in een andere browser.
staff-failed-title = Aanmelden lukt nu niet
staff-failed-body = De aanmelddienst antwoordt niet of gaf een antwoord dat we niet vertrouwen. Probeer het over enkele minuten opnieuw.
staff-unknown-town-title = Die gemeente vinden we hier niet
staff-unknown-town-body = De link hoort bij een gemeente die hier niet aangesloten is, of waar medewerkers zich niet kunnen aanmelden. Begin opnieuw en kies je gemeente.
staff-set-up-body = De aanmelddienst en Thuisloket verstaan elkaar niet. Opnieuw proberen helpt pas als het hersteld is: zeg het aan wie Thuisloket bij jullie beheert. In het log staat wat er mis is.
role-announce = berichten schrijven
role-approve = berichten goedkeuren
role-alert = noodberichten schrijven
role-counter = burgers helpen
role-plan = loketten plannen
role-import = het register inlezen
role-administer = beheren
role-audit = nakijken wie wat deed
audit-resident-found = Een medewerker van { $municipality } zocht je op.
audit-resident-read = Een medewerker van { $municipality } bekeek je gegevens.
audit-documents-read = Een medewerker van { $municipality } bekeek je documenten.
audit-child-seen = Een medewerker van { $municipality } bekeek gegevens van { $child }.
audit-child-used = Een medewerker of een toestel van { $municipality } werkte met gegevens van { $child }.
audit-reminders-read = Een medewerker van { $municipality } bekeek welke herinneringen je kreeg.
audit-visits-read = Een medewerker van { $municipality } bekeek je afspraken.
audit-messages-read = Een medewerker van { $municipality } bekeek welke berichten je kreeg.
audit-preferences-read = Een medewerker van { $municipality } bekeek hoe we je bereiken.
audit-contact-settings-read = Een medewerker van { $municipality } bekeek je contactvoorkeuren.
audit-contact-settings-changed = Een medewerker van { $municipality } paste je contactvoorkeuren aan.
audit-email-started = Een medewerker van { $municipality } stuurde een code naar een e-mailadres voor jou.
audit-email-confirmed = Een medewerker van { $municipality } bevestigde je e-mailadres met de code die je gaf.
audit-sessions-ended = Een medewerker van { $municipality } meldde je af op al je toestellen.
audit-reason-visit = Je was aan het loket.
audit-reason-telephone = Je belde.
audit-reason-letter = Je schreef een brief of e-mail.
audit-reason-request = Om een aanvraag van jou te behandelen.
audit-reason-correction = Om een fout recht te zetten.
audit-reason-agenda = Voor de lijst met de afspraken van een dag.
ended-by-staff-title = Je bent afgemeld op al je toestellen
ended-by-staff-body = Een medewerker van { $municipality } deed dat op jouw vraag, of omdat een toestel verloren was. Meld je opnieuw aan om verder te gaan.
visit-booked-title = Je afspraak op { $date } om { $hour }
visit-booked-body =
    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Zeg aan het loket: { $reference }
visit-moved-title = Je afspraak is verplaatst naar { $date } om { $hour }
visit-moved-body =
    Je afspraak is verplaatst. Je referentie blijft dezelfde.

    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Referentie: { $reference }
visit-joined-title = Je afspraak is uitgebreid: { $date } om { $hour }
visit-joined-body =
    Je afspraak is nu voor meer mensen of documenten. Ze kan langer duren. Je referentie blijft dezelfde.

    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Referentie: { $reference }
visit-given-title = Je afspraak van { $date } om { $hour } staat niet meer op jouw naam
visit-given-body = Je maakte deze afspraak voor iemand voor wie je niet meer handelt. Je kan ze niet meer bekijken of veranderen.
visit-given-others = Was de afspraak ook voor jou of voor iemand anders? Dat deel geldt niet meer. Maak een nieuwe afspraak in de app, of bel { $phone }.
visit-cancelled-title = Geannuleerd: je afspraak van { $date } om { $hour }
visit-cancelled-body =
    Waar: { $place }
    Waarvoor: { $service }
    Referentie: { $reference }

    Je kan een nieuwe afspraak maken wanneer je wil.
visit-reminder-title = Herinnering: { $date } om { $hour }, { $service }
visit-reminder-body =
    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Zeg aan het loket: { $reference }
visit-bring = Breng mee: { $text }
visit-bring-for = Voor { $name } ({ $document }): { $text }
visit-access = Toegang: { $text }
calendar-say = Zeg aan het loket: { $text }
calendar-reference = Referentie: { $text }
audit-visit-booked = Een medewerker van { $municipality } boekte een afspraak voor je.
audit-visit-moved = Een medewerker van { $municipality } verplaatste je afspraak.
audit-visit-cancelled = Een medewerker van { $municipality } annuleerde je afspraak.
audit-visit-rung = Een medewerker van { $municipality } noteerde een telefoontje over je afspraak.
audit-calls-read = Een medewerker van { $municipality } zag op de bellijst dat we je willen bellen.
audit-call-taken = Een medewerker van { $municipality } zal je bellen.
audit-call-given-back = Een medewerker van { $municipality } gaf door dat iemand anders je zal bellen.
audit-call-noted = Een medewerker van { $municipality } noteerde dat je gebeld werd.
audit-call-closed = Een medewerker van { $municipality } kon je niet bereiken en zoekt een andere manier.
audit-letters-read = Een medewerker van { $municipality } bekeek een brief aan jou.
audit-letter-taken-out = Een medewerker van { $municipality } haalde een brief aan jou uit een stapel.
audit-letter-put-back = Een medewerker van { $municipality } legde een brief aan jou terug in een stapel.
audit-letter-returned = Een medewerker van { $municipality } noteerde dat een brief aan jou terugkwam.
audit-addresses-read = Een medewerker van { $municipality } bekeek de lijst met adressen om na te kijken. Jij stond erop.
audit-address-checked = Een medewerker van { $municipality } keek je adres na.
audit-visit-read = Een medewerker van { $municipality } bekeek je afspraak.
audit-hold-let-go = Een medewerker van { $municipality } gaf een moment vrij dat voor je vastgehouden of je aangeboden was.
audit-waiting-joined = Een medewerker van { $municipality } zette je op de wachtlijst.
audit-waiting-left = Een medewerker van { $municipality } haalde je van de wachtlijst.
audit-waiting-offered = Een medewerker van { $municipality } zocht een vrij moment voor je, omdat je op de wachtlijst staat.
audit-visitor-edited = Een medewerker van { $municipality } verbeterde wat genoteerd was over wie voor de afspraak komt.
audit-visit-claimed = Je voegde in de app een afspraak toe die { $municipality } voor je gemaakt had.
audit-passkey-added = Je voegde in de app een toegangssleutel toe.
audit-passkey-removed = Je verwijderde in de app een toegangssleutel.
audit-passkey-copied = Een toegangssleutel van je leek gekopieerd te zijn. De app van { $municipality } verwijderde die.
push-called = Kijk nu in de app van je gemeente.
push-live-title = Je volgnummer
push-live-body = Hier zie je wanneer je aan de beurt bent.
push-action-open = Openen
push-action-book = Afspraak maken
push-action-mute = Dit soort berichten niet meer tonen
push-category-documents = Documenten
push-category-account = Je account
push-category-appointments = Afspraken
push-category-queue = Oproepen aan het loket
push-category-announcements = Berichten van de gemeente
push-category-emergency = Noodberichten
moment = { $date } om { $hour }
visit-offered-title = Er kwam een plaats vrij: { $date } om { $hour }
visit-offered-body =
    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }

    We houden deze plaats voor je vast tot { $until }. Bevestig in de app. Doe je niets, dan gaat de plaats naar de volgende op de wachtlijst.
visit-displaced-title = Je afspraak is verplaatst naar { $date } om { $hour }
visit-displaced-body =
    { $reason } Daarom kan je afspraak niet doorgaan zoals ze geboekt was. We houden een andere plaats voor je. Je referentie blijft dezelfde.

    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Referentie: { $reference }
visit-others = Past dat niet? Toen we dit schreven, was ook nog vrij: { $others }. Je kan verplaatsen of annuleren in de app, of bel { $phone }.
visit-closed-title = Je afspraak van { $date } om { $hour } gaat niet door
visit-closed-body = { $reason } Je afspraak voor { $service } in { $place } kan niet doorgaan, en we vonden geen andere vrije plaats. Je referentie was { $reference }. Je kan je op de wachtlijst zetten in de app, of bel { $phone }.
visit-restored-title = Je afspraak is weer op { $date } om { $hour }
visit-restored-body =
    We zijn dan toch open. Je afspraak gaat door zoals ze geboekt was.

    Wanneer: { $date } om { $hour }
    Waar: { $where }
    Waarvoor: { $service }
    Referentie: { $reference }
visit-readdressed-title = Ander adres voor je afspraak op { $date } om { $hour }
visit-readdressed-body = Het adres van { $place } is nu { $address }. Je afspraak voor { $service } op { $date } om { $hour } gaat daar door. Je referentie blijft { $reference }.
visit-subject = { $name } ({ $document })
visit-subjects = Voor wie: { $text }
visit-companions = Opgegeven namen: { $text }
visit-at-home = We komen naar het adres dat bij je afspraak staat.
visit-by-telephone = We bellen je op dit nummer: { $text }
visit-needs-parent = Een ouder komt; het kind hoeft niet mee te komen.
visit-needs-both = Een ouder en het kind komen samen.
slip-title = Je afspraak
slip-what = Waarvoor
slip-when = Wanneer
slip-where = Waar
slip-persons = { $persons } personen
slip-bring = Breng mee
slip-bring-for = { $document }: { $text }
slip-access = Toegang
slip-reference = Referentie
slip-say = Zeg deze referentie als je aankomt, of laat de code scannen.
slip-stay = We nemen contact op met je. Bewaar deze referentie.
slip-change = Kan je niet komen, of wil je een ander moment? Bel { $phone } of mail naar { $email }.
slip-claim = Heb je later de app? Voeg deze afspraak daar toe met de referentie en de geboortedatum of het telefoonnummer dat je opgaf.
places-title = Openingsuren en wachttijd van { $municipality }
places-phone = Bellen kan op { $phone }.
places-open = Nu open
places-stopped = Even onderbroken. Wie wacht, behoudt zijn plaats.
places-opens = Nu gesloten. Open op { $moment }.
places-closed = Nu gesloten
places-hours = Openingsuren
places-closed-day = gesloten
places-waiting = { $count ->
    [0] Er wacht nu niemand.
    [one] Er wacht nu 1 persoon.
   *[other] Er wachten nu { $count } mensen.
}
places-minutes = { $count ->
    [0] minder dan 1 minuut
    [one] ongeveer 1 minuut
   *[other] ongeveer { $count } minuten
}
places-unmanned = Er is nog geen loket bezet: hoelang je wacht, weten we nog niet.
places-unmanned-service = nog geen loket bezet
places-now = Wie nu een nummer neemt, wacht
places-waits = Vandaag wachtte de helft niet langer dan { $half } minuten, en negen op de tien niet langer dan { $most } minuten.
places-quiet = Meestal rustig vandaag: { $hours }.
waiting-over-title = { $service }: je staat niet meer op de wachtlijst
waiting-over-body = De dagen die je koos voor { $service }, zijn voorbij. Je staat niet meer op de wachtlijst. Je kan opnieuw een afspraak maken of je weer op de wachtlijst zetten.
waiting-not-theirs-title = { $service }: je staat niet meer op de wachtlijst
waiting-not-theirs-body = Je wachtte voor iemand voor wie je niet meer handelt. Wacht je ook voor jezelf of voor iemand anders? Zet je dan opnieuw op de wachtlijst.
ticket-called-title = { $number }: je bent aan de beurt
ticket-called-body = Ga nu naar { $desk } in { $place }, voor { $service }.
ticket-missed-title = { $number }: we riepen je, maar zagen je niet
ticket-missed-body = Ben je er wel? Vraag een nieuw nummer in de app of aan het onthaal van { $place }. Je kan ook een nieuwe afspraak maken voor { $service }.
ticket-left-title = { $number }: je wacht niet meer
ticket-left-body = We dachten dat je weg was uit { $place }, en je nummer wordt niet meer geroepen. Ben je er wel? Neem een nieuw nummer in de app of aan het onthaal.
ticket-closed-title = { $number }: we sluiten
ticket-closed-body = { $place } sluit nu, en je nummer wordt niet meer geroepen. Het spijt ons. Je kan een afspraak maken voor { $service } in de app.
ticket-unserved-title = { $number }: geen loket meer voor { $service }
ticket-unserved-body = Bij { $place } is er geen loket meer open voor { $service }, en je nummer wordt niet meer geroepen. Het spijt ons. Je kan een afspraak maken in de app.
ticket-sent-on-title = { $number }: nog even wachten
ticket-sent-on-body = Je bent nog niet klaar: wacht op je beurt voor { $service }. Je houdt nummer { $number } en bent aan de beurt vóór wie nu binnenkomt.
ticket-done-title = Hoe ging het?
ticket-done-body = Je was in { $place } voor { $service }. Wat vond je ervan? Je antwoord wordt zonder je naam bewaard.
screen-now = Aan de beurt
screen-nobody = Je nummer verschijnt hier.
screen-waiting = Wachtenden
screen-next = Nummers die wachten
screen-wait = Zonder afspraak: ± { $minutes } min
screen-closed = Gesloten.
screen-opens-today = Vandaag open om { $hour }.
screen-opens-on = Weer open op { $weekday } { $date } om { $hour }.
screen-opens-weekday = Weer open op { $weekday } om { $hour }.
screen-hours = Openingsuren van de komende dagen
screen-shut = gesloten
screen-stopped = De dienst is even onderbroken. Iedereen houdt zijn plaats.
screen-news = Nieuws van de gemeente
screen-pause = Niet meer wisselen
screen-lost = Geen verbinding: let op de medewerkers.
screen-sound = Geluid aanzetten
screen-sound-test = Geluid testen
screen-sound-said = Zo klinkt dit scherm.
screen-voiceless = Geen stem voor Nederlands: het scherm roept met een toon.
screen-said = Nummer { $number }, { $desk }.
audit-visitor-received = Een medewerker of kiosk van { $municipality } gaf je een nummer.
audit-visitor-called = Een medewerker van { $municipality } riep je naar een loket.
audit-visitor-served = Een medewerker van { $municipality } hielp je aan een loket.
audit-visitor-missed = Een medewerker van { $municipality } riep je, en je was er niet.
audit-visitor-left = Een medewerker van { $municipality } noteerde dat je weg was voor je geroepen werd.
audit-visitor-sent-on = Een medewerker van { $municipality } stuurde je door naar een andere dienst.
audit-visitor-parked = Een medewerker van { $municipality } liet je even wachten aan de kant; je houdt je nummer.
waiting-unanswered-title = { $service }: je staat niet meer op de wachtlijst
waiting-unanswered-body = We hielden drie keer een plaats voor je vast voor { $service }, en hoorden niets. We bieden je er geen meer aan; je kan je opnieuw op de wachtlijst zetten wanneer je wil. Een afspraak die je al had, blijft.
announcement-trial = [Test] { $title }
announcement-more = Lees meer
audit-unreached-read = Een medewerker van { $municipality } opende de lijst van wie een bericht niet in de app kon krijgen. Jij stond erop.
news-title = Berichten van { $municipality }
news-none = Er zijn geen berichten om te tonen.
news-all = Alle onderwerpen
news-topic = Onderwerp
news-postcode = Postcode
news-street = Straat
news-show = Toon
news-feeds = Volg deze berichten
news-feed = In een nieuwslezer (RSS)
news-calendar = In je agenda
news-withdrawn = Ingetrokken: dit geldt niet meer.
news-when = Wanneer
news-where = Waar
news-published = Gepubliceerd op { $date }
news-filter = Kies wat je wil zien
news-filter-note = Je ziet ook berichten voor een gebied dat hier niet met een straat of postcode is beschreven.
news-words = Zoekwoord
news-over = Dit bericht gold tot { $date }.
news-also = Andere talen:
news-back = Alle berichten van { $municipality }
news-archive = Archief
news-archive-title = Archief: berichten van { $municipality }
news-older = Oudere berichten
news-more = Meer berichten
news-languages = Talen
news-none-yet = We vonden nog niets. Kijk verder bij de oudere berichten.
news-address = Adres van dit bericht:
news-share = Deel dit bericht per e-mail
news-contact = Vragen aan { $municipality }?
topic-works = Werken
topic-waste = Afval
topic-traffic = Verkeer
topic-culture = Cultuur
topic-youth = Jeugd
topic-sport = Sport
topic-other = Andere
mail-neutral-subject = Er is een bericht voor jou van { $municipality }
mail-neutral-body = { $municipality } heeft een bericht voor jou. Meld je aan in de app om het te lezen. Heb je de app niet? Bel dan { $phone }.
mail-code-subject = Bevestig je e-mailadres voor { $municipality }
mail-code-body = Je code is { $code }. Ze is { $minutes } minuten geldig.

    Geef de code in de app in, of lees ze voor aan de medewerker van { $municipality }.

    Vroeg je dit niet? Dan hoef je niets te doen.
mail-open = Open de app van { $municipality }
mail-unsubscribe = Wil je geen algemene berichten meer van { $municipality } per e-mail?
mail-automatic = { $municipality } stuurde deze e-mail automatisch. We vragen nooit je wachtwoord of pincode.
mail-unsubscribe-title = Geen berichten meer per e-mail?
mail-unsubscribe-body = { $municipality } stuurt je dan geen algemene berichten meer per e-mail. Berichten over jou, zoals over je afspraak, krijg je nog wel.
mail-unsubscribe-button = Stop deze e-mails
mail-unsubscribed-title = Je krijgt deze e-mails niet meer
mail-unsubscribed-body = { $municipality } stuurt je geen algemene berichten meer per e-mail. In de app kan je dat opnieuw aanzetten.
language-name = Nederlands
front-title = Thuisloket
front-what = Deze website hoort bij de app van je gemeente. In de app maak je een afspraak en lees je je berichten. De berichten die voor iedereen zijn, vind je via de links hieronder.
front-news-of = Berichten van { $municipality }
front-staff = Voor medewerkers van de gemeente
front-others = Meer
front-docs-citizen = Voor wie een app maakt (in het Engels)
front-docs-staff = Voor wie een programma koppelt (in het Engels)
front-home = Naar de startpagina
front-number = Nummer van dit verzoek: { $number }
front-not-found-title = Deze pagina bestaat niet
front-not-found-body = Misschien is het adres verkeerd getypt, of bestaat de pagina niet meer.
front-busy-title = Het is nu te druk
front-busy-body = Probeer het over een minuut opnieuw.
front-wrong-title = Dit lukt zo niet
front-wrong-body = Het adres van deze pagina klopt niet helemaal. Ga naar de startpagina en probeer het opnieuw.
front-failed-title = Er ging iets fout bij ons
front-failed-body = Probeer het later opnieuw. Lukt het dan nog niet? Geef dan het nummer hieronder door aan je gemeente.
held-no-account = Geen app op dat moment.
held-told-by-letter = De brief van de gemeente zei het al.
held-superseded = Een latere herinnering zegt hetzelfde.
held-past = De dag ervan was al voorbij.
held-renewed = Er is al een nieuw document.
held-stopped = Het document is stopgezet.
held-deceased = De houder is overleden.
held-moved = De houder is verhuisd uit de gemeente.
held-no-longer-registered = De houder staat niet meer in het register.
held-link-ended = Niet langer ouder met gezag, volgens het register.
held-of-age = Het kind is meerderjarig.
letter-contact = Vragen? Bel { $phone } of mail naar { $email }.
letter-batch = Brieven { $number }, deel { $part }
letter-proof = Proefblad voor vensterenveloppen
letter-proof-text =
    Vouw dit blad op de streepjes links en schuif het in een envelop van de gemeente. In het venster mag alleen het adres te zien zijn.

    De zones in kleur blijven vrij voor de post. Ze staan niet op een echte brief.
country-at = Oostenrijk
country-bg = Bulgarije
country-ca = Canada
country-ch = Zwitserland
country-cy = Cyprus
country-cz = Tsjechië
country-de = Duitsland
country-dk = Denemarken
country-ee = Estland
country-es = Spanje
country-fi = Finland
country-fr = Frankrijk
country-gb = Verenigd Koninkrijk
country-gr = Griekenland
country-hr = Kroatië
country-hu = Hongarije
country-ie = Ierland
country-it = Italië
country-lt = Litouwen
country-lu = Luxemburg
country-lv = Letland
country-ma = Marokko
country-mt = Malta
country-nl = Nederland
country-no = Noorwegen
country-pl = Polen
country-pt = Portugal
country-ro = Roemenië
country-se = Zweden
country-si = Slovenië
country-sk = Slowakije
country-tr = Turkije
country-us = Verenigde Staten
mandate-asked-title = { $name } wil voor je handelen
mandate-asked-body = { $name } vraagt een volmacht om voor je te handelen bij { $municipality }. In de app lees je waarvoor en tot wanneer. Aanvaard of weiger ze daar, binnen twee weken.
mandate-accepted-title = Je volmacht is aanvaard
mandate-accepted-body = { $name } aanvaardde je vraag om een volmacht bij { $municipality }.
mandate-refused-title = Je volmacht is geweigerd
mandate-refused-body = { $name } weigerde je vraag om een volmacht bij { $municipality }.
mandate-given-title = { $name } handelt voor je
mandate-given-body = Bij { $municipality } is genoteerd dat { $name } voor je handelt. Klopt dat niet? Beëindig de volmacht in de app of neem contact op met { $municipality }.
mandate-ordered-title = { $name } is je bewindvoerder
mandate-ordered-body = Bij { $municipality } is genoteerd dat { $name } voor je handelt, na een beslissing van de rechter. Klopt dat niet? Neem contact op met { $municipality }.
mandate-from = Dat begint op { $date }.
mandate-held-title = Je handelt voor { $name }
mandate-held-body = Bij { $municipality } is genoteerd dat je voor { $name } handelt. Waarvoor en tot wanneer? Dat lees je in de app, of vraag het aan { $municipality }.
mandate-ended-given-title = Een volmacht is beëindigd
mandate-ended-given-body = { $name } handelt niet meer voor je bij { $municipality }. Wat geboekt is, blijft geboekt.
mandate-ended-held-title = Een volmacht is beëindigd
mandate-ended-held-body = Je handelt niet meer voor { $name } bij { $municipality }. Wat geboekt is, blijft geboekt.
mandate-lapsed-given-title = Een volmacht gaat niet door
mandate-lapsed-given-body = { $name } handelt niet voor je bij { $municipality }.
mandate-lapsed-held-title = Een volmacht gaat niet door
mandate-lapsed-held-body = Je handelt niet voor { $name } bij { $municipality }.
mandate-why-refused = De volmacht werd geweigerd.
mandate-why-withdrawn = De persoon die handelde, beëindigde de volmacht.
mandate-why-revoked = De persoon die de volmacht gaf, beëindigde ze.
mandate-why-staff = Een medewerker van { $municipality } beëindigde de volmacht.
mandate-why-date = De termijn is voorbij.
mandate-why-gone = Een van beiden staat niet meer als inwoner in het register van { $municipality }.
mandate-of-age-child-title = Je bent meerderjarig
mandate-of-age-child-body = { $name } handelt niet meer als ouder voor je bij { $municipality }. Wil je hulp? Geef een volmacht, in de app of aan het loket.
mandate-of-age-parent-title = { $name } is meerderjarig
mandate-of-age-parent-body = Je handelt niet meer als ouder voor { $name } bij { $municipality }. { $name } kan je een volmacht geven, in de app of aan het loket.
parent-blocked-title = Je handelt niet meer voor { $name }
parent-blocked-body = { $municipality } noteerde dat je niet als ouder voor { $name } handelt. Heb je een vraag? Neem contact op met { $municipality }.
parent-unblocked-title = Je handelt weer voor { $name }
parent-unblocked-body = Je handelt als ouder weer voor { $name } bij { $municipality }.
for-child-title = Er is nieuws over een afspraak van { $name }
for-child-body = { $municipality } heeft nieuws over een afspraak van { $name }. Je ziet de afspraak in de app bij je kind.
for-visit-title = Er is nieuws over een afspraak van { $name }
for-visit-body = { $municipality } heeft nieuws over een afspraak van { $name }. Je ziet de afspraak in de app bij de persoon voor wie je handelt.
for-document-title = Er is nieuws over een document van { $name }
for-document-body = { $municipality } heeft nieuws over een document van { $name }. Je ziet het document in de app bij de persoon voor wie je handelt.
for-other-title = Er is een bericht voor { $name }
for-other-body = { $municipality } heeft een bericht voor { $name }. Je leest het in de app bij de persoon voor wie je handelt.
for-unseen-body = { $municipality } heeft nieuws voor { $name }. Jij kunt het niet inkijken. Vraag { $name } wat er staat.
for-call-body = { $municipality } heeft nieuws voor { $name }. Bel { $phone } of kom langs met je identiteitskaart: dan hoor je wat er staat.
deed-asked-book-title = { $name } wil een afspraak boeken
deed-asked-book-body = { $name } stelt een afspraak voor bij { $municipality }: { $service }, { $when }. Zeg ja of nee in de app, vóór { $until }. Tot dan houden we het moment vrij.
deed-asked-move-title = { $name } wil een afspraak verplaatsen
deed-asked-move-body = { $name } stelt een ander moment voor bij { $municipality }: { $service }, { $when }. Zeg ja of nee in de app, vóór { $until }. Tot dan blijft de afspraak zoals ze is, en houden we het nieuwe moment vrij.
deed-accepted-title = { $name } zei ja
deed-accepted-body = { $name } zei ja op je voorstel: { $service }, { $when }. Het is geboekt.
deed-refused-title = { $name } zei nee
deed-refused-body = { $name } zei nee op je voorstel: { $service }, { $when }. Er is niets veranderd.
deed-withdrawn-title = Je antwoord is niet meer nodig
deed-withdrawn-body = { $name } trok het voorstel in: { $service }, { $when }. Er is niets veranderd.
deed-late-title = Niemand antwoordde op tijd
deed-late-body = Niemand zei op tijd ja: { $service }, { $when }. Het moment is weer vrij. Er is niets veranderd.
deed-mandate-title = Een voorstel gaat niet door
deed-mandate-body = De volmacht tussen jou en { $name } is voorbij. Daarom gaat het voorstel niet door: { $service }, { $when }. Er is niets veranderd.
deed-taken-title = Een voorstel gaat niet door
deed-taken-body = Het voorstel kan niet meer doorgaan: { $service }, { $when }. Wil je een ander moment? Kies het in de app.
deed-helper-asked-body = { $name } vraagt je akkoord voor een afspraak bij { $municipality }. Waarvoor en wanneer, lees je in de app bij je volmachten. Zeg ja of nee vóór { $until }.
deed-helper-over-body = Het gaat over een afspraak van { $name } bij { $municipality }. Waarvoor en wanneer, staat niet in dit bericht. De afspraken zoals ze nu zijn, zie je in de app als je voor { $name } handelt.
mandate-slip-title = Volmacht
mandate-slip-holder = Wie handelt
mandate-slip-grantor = Voor wie
mandate-slip-may = Wat mag
mandate-slip-with = Waarvoor
mandate-slip-mode = Hoe
mandate-slip-mode-represent = In de plaats van de andere persoon.
mandate-slip-mode-assist = Samen: wat een van beiden boekt of verplaatst, wacht op het akkoord van de ander.
mandate-slip-mode-assist-given = Helpen: wat de helper voorstelt, wacht op het akkoord van wie de volmacht gaf.
mandate-slip-from = Vanaf
mandate-slip-until = Tot en met
mandate-slip-no-end = Geen einddatum
mandate-slip-by = Genoteerd aan het loket door
mandate-slip-verb-see = Bekijken
mandate-slip-verb-be-told = Verwittigd worden
mandate-slip-verb-book = Boeken en verplaatsen
mandate-slip-verb-ask = Vragen stellen
mandate-slip-kind-documents = Documenten
mandate-slip-kind-visits = Afspraken
mandate-slip-kind-messages = Berichten
mandate-slip-kind-cases = Dossiers
mandate-slip-end = Wil je dat dit stopt? Beëindig de volmacht in de app, zeg het aan het loket, bel { $phone } of mail naar { $email }. Ze stopt meteen.
mandate-slip-end-court = Deze volmacht berust op een beslissing van de rechter. Verandert die? Zeg het aan het loket, bel { $phone } of mail naar { $email }.
audit-deed-proposed = Je stelde in de app een afspraak of een ander moment voor.
audit-deed-accepted = Je zei in de app ja op een voorgestelde afspraak of een ander moment.
audit-deed-refused = Je zei in de app nee op een voorgestelde afspraak of een ander moment.
audit-deed-over = Een voorgestelde afspraak of een ander moment ging niet door.
audit-holder-deed-proposed = { $holder } stelde een afspraak of een ander moment voor.
audit-holder-deed-accepted = { $holder } zei ja op je voorstel voor een afspraak of een ander moment.
audit-holder-deed-refused = { $holder } zei nee op je voorstel voor een afspraak of een ander moment.
audit-holder-deed-over = { $holder } trok het voorstel in.
audit-mandate-asked = Iemand vroeg in de app om voor je te handelen.
audit-mandate-accepted = Je aanvaardde in de app dat iemand voor je handelt.
audit-mandate-refused = Je weigerde in de app dat iemand voor je handelt.
audit-mandate-given = Een medewerker van { $municipality } noteerde een volmacht tussen jou en iemand anders.
audit-mandate-proposed = Een medewerker van { $municipality } noteerde een beslissing van de rechter over een bewindvoerder. Een collega kijkt ze na.
audit-mandate-confirmed = Een medewerker van { $municipality } bevestigde een beslissing van de rechter over een bewindvoerder.
audit-mandate-ended = Een volmacht tussen jou en iemand anders werd beëindigd.
audit-mandates-read = Een medewerker van { $municipality } bekeek wie voor je handelt en voor wie jij handelt.
audit-parent-blocked = Een medewerker van { $municipality } noteerde dat een ouder niet handelt voor een kind.
audit-parent-unblocked = Een ouder handelt weer voor een kind, volgens { $municipality }.
audit-holder-unknown = Iemand die niet meer in het register staat
audit-holder-documents-read = { $holder } bekeek in jouw naam je documenten.
audit-holder-visits-read = { $holder } bekeek in jouw naam je afspraken.
audit-holder-messages-read = { $holder } bekeek in jouw naam je berichten.
audit-holder-visit-booked = { $holder } boekte een afspraak voor je, of hield een moment vrij.
audit-holder-visit-moved = { $holder } verplaatste of veranderde je afspraak.
audit-holder-visit-cancelled = { $holder } annuleerde je afspraak.
audit-holder-hold-let-go = { $holder } gaf een moment vrij dat voor je vastgehouden was.
audit-holder-mandate-asked = { $holder } vroeg in de app om voor je te handelen.
audit-holder-mandate-ended = { $holder } beëindigde de volmacht om voor je te handelen.
audit-holder-child-seen = { $holder } bekeek als ouder gegevens van { $child }.
audit-holder-child-used = { $holder } werkte als ouder met gegevens van { $child }.
council-title = Wie kreeg onze berichten?
council-period = Van { $from } tot en met { $until }
council-intro = De gemeente belooft haar inwoners dat een bericht hen bereikt: in de app, of voor wie het daar niet leest, per e-mail, per brief of per telefoon. Deze pagina toont in cijfers wat er met de berichten gebeurde. Elk bericht telt één keer, in de maand waarin het begon.
council-few = niet getoond
council-few-why = Een getal onder tien tonen we niet, en ook geen getal waaruit je het kan afleiden: het zou verraden over wie het gaat.
council-tiny = Minder dan 10 mensen, in totaal of in een van de delen: we tonen geen cijfers.
council-kinds = Berichten aan één persoon
council-whole = In deze maand begonnen { $number } berichten.
council-kinds-caption = Wat er met elk bericht gebeurde, per soort
council-what = Wat ermee gebeurde
council-none = In deze maand begon geen bericht aan één persoon.
council-promised = Beloofd
council-arrived = Aangekomen
council-read = Gelezen in de app
council-mailed = Per e-mail verstuurd
council-posted = Per brief verstuurd
council-called = Per telefoon gezegd
council-needless = Niet meer nodig
council-settled = Al gedaan, of geldt niet meer
council-replaced = Herhaald in een later bericht
council-not = Niet bereikt
council-handed-over = Een collega volgt het op
council-not-reached = Op geen enkele manier te bereiken
council-refused = Wil niet op die manier verwittigd worden
council-too-late = Niet op tijd
council-not-here = Overleden of niet meer ingeschreven
council-under-way = Nog onderweg
council-announced = Berichten aan velen
council-announced-intro = Wie een bericht aan velen schrijft, kiest hoe ver het gaat: alleen de app, ook e-mail, of ook een brief. Niemand wordt ervoor gebeld.
council-announced-caption = Wat er met elk bericht aan velen gebeurde
council-none-announced = In deze maand werd geen bericht aan velen verstuurd.
council-announcement = Bericht
council-concerned = Voor wie bedoeld
council-in-app = In de app, niet gelezen
council-without-app = Heeft de app niet
council-with-parent = Via een ouder
council-held-back = Kreeg die week al genoeg
council-plan-reminder = Herinnering op tijd
council-plan-reminder-late = Herinnering kort voor de einddatum
council-plan-reminder-expired = Document is vervallen
council-plan-visit-changed = Afspraak veranderd
council-plan-closing = Locatie plots gesloten
