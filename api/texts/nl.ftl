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
renew-residence = Maak een afspraak bij de dienst Burgerzaken en dien je aanvraag op tijd in.
bring-residence = Je huidige kaart, je paspoort, een recente pasfoto en de bewijsstukken bij je verblijf.
time-residence = Ongeveer drie weken na de beslissing.
renew-parking = Vraag een nieuwe kaart aan: ze wordt niet vanzelf verlengd.
bring-parking = Je identiteitskaart of je digitale sleutel.
time-parking = Reken op een maand of meer.
of-child = { $document } van { $name }
title-prepare = { $document }: begin je voor te bereiden
body-prepare = De geldigheid eindigt op { $date }. Je kan nog geen nieuwe aanvragen, wel alvast verzamelen wat je nodig hebt: { $bring }
title-apply = { $document } vervalt op { $date }
body-apply = { $renew } Breng mee: { $bring } Hoelang het duurt: { $time }
title-late = { $document } vervalt op { $date }: kom of bel zo snel mogelijk
body-late = De termijn om een nieuwe aan te vragen is voorbij of bijna voorbij. Neem meteen contact op met { $municipality }. Breng mee: { $bring }
title-expired = { $document } is vervallen
body-expired = De geldigheid eindigde op { $date }. { $renew } Breng mee: { $bring } Dit is onze laatste herinnering.
title-bring = { $document }: je afspraak op { $visit }
body-bring = Je afspraak is gemaakt, je hoeft niets meer te boeken. Breng mee: { $bring }
title-ready = { $document }: ligt klaar
body-ready = Je kan het document afhalen in { $municipality } sinds { $date }. Breng je huidige document en de brief met je codes mee.
title-certificate = { $document }: de certificaten vervallen op { $date }
body-certificate = De kaart zelf blijft geldig. Wil je je er online mee blijven aanmelden, kom dan langs met je kaart en je pincode: het gebeurt meteen.
title-signing = { $document }: je kan nu elektronisch tekenen
body-signing = Je kaart dateert van vóór je achttiende en kan daarom nog niet tekenen. Kom langs met je kaart en je pincode: het is gratis en gebeurt meteen.
reminder-many = { $count } documenten vragen je aandacht
reminder-contact = Vragen? { $municipality }, { $phone }, { $email }
action-book = Afspraak maken
why-before = { $document }: we herinneren je { $days } dagen voor de vervaldatum van { $date }.
why-after = { $document }: we schrijven je nog één keer na de vervaldatum van { $date } ({ $days }).
why-ready = { $document }: het ligt klaar sinds { $date } ({ $days }).
why-certificate = { $document }: de certificaten eindigen tien jaar na de uitgifte, op { $date } ({ $days }).
why-signing = { $document }: je werd achttien op { $date } ({ $days }).
why-source = De datum komt uit het bevolkingsregister van { $municipality }, bijgewerkt op { $date }.
why-stop = Wil je geen meldingen over documenten op je telefoon? Zet ze uit bij Voorkeuren. De brief van de gemeente blijft komen.
sign-in-back = Terug naar de app
sign-in-unknown-title = We vinden je niet terug in { $municipality }
sign-in-unknown-body = Je bent goed aangemeld, maar je staat niet in het bevolkingsregister van { $municipality } dat wij kregen. Ben je pas verhuisd, probeer het dan over enkele dagen opnieuw, of kies de gemeente waar je ingeschreven bent.
sign-in-contact = Klopt er iets niet? Bel { $phone } of schrijf naar { $email } ({ $municipality }).
sign-in-stopped-title = Je bent niet aangemeld
sign-in-stopped-body = Het aanmelden werd gestopt of duurde te lang. Ga terug naar de app en probeer het opnieuw.
sign-in-failed-title = Aanmelden lukt nu niet
sign-in-failed-body = De dienst die je identiteit bevestigt, antwoordt niet zoals verwacht. Probeer het later opnieuw.
session-ended-title = Je bent afgemeld op { $device }
session-ended-body = Een oude sleutel van je aanmelding op { $device } werd een tweede keer gebruikt. Dat kan na het terugzetten van een reservekopie, maar ook als iemand anders probeert mee te kijken. Daarom beëindigden we die aanmelding.
session-ended-advice = Meld je daar opnieuw aan. Herken je dit niet? Kijk in de app waar je nog aangemeld bent, en beëindig wat je niet kent.
sign-in-too-weak-title = Meld je aan op een sterkere manier
sign-in-too-weak-body = Deze manier van aanmelden is niet zeker genoeg voor wat je wil zien. Probeer opnieuw met itsme of met je eID.
sign-in-another-title = Dat is iemand anders
sign-in-another-body = Je bent aangemeld als iemand anders dan in de app. Meld je eerst af in de app als je van persoon wil wisselen.
staff-welcome = Thuisloket voor medewerkers
staff-sign-in = Aanmelden voor { $municipality }
staff-no-provider = Er is nog geen aanmeldwijze voor medewerkers ingesteld.
staff-hello = Dag { $name }
staff-here = hier werk je nu voor
staff-choose = Werken voor { $municipality }
staff-docs = De API lezen en uitproberen
staff-sign-out = Afmelden
staff-again = Opnieuw beginnen
staff-no-roles-title = Je hebt hier nog geen rol
staff-no-roles-body = Je bent aangemeld, maar niemand gaf je een rol in deze toepassing. Vraag de beheerder van je gemeente om er een toe te kennen.
staff-stopped-body = Je bent niet aangemeld: je hield zelf op, het duurde te lang, of je begon in een andere browser.
staff-failed-title = Aanmelden lukt nu niet
staff-failed-body = De aanmelddienst antwoordt niet of gaf een antwoord dat we niet vertrouwen. Probeer het over enkele minuten opnieuw.
role-announce = berichten schrijven
role-approve = berichten goedkeuren
role-counter = burgers helpen
role-plan = loketten plannen
role-import = het register inlezen
role-administer = beheren
role-audit = toezien
audit-resident-found = Een medewerker van { $municipality } zocht je op.
audit-resident-read = Een medewerker van { $municipality } bekeek je gegevens.
audit-documents-read = Een medewerker van { $municipality } bekeek je documenten.
audit-sessions-ended = Een medewerker van { $municipality } meldde je af op al je toestellen.
audit-reason-visit = Je was aan het loket.
audit-reason-telephone = Je belde.
audit-reason-letter = Je schreef een brief of e-mail.
audit-reason-request = Om een aanvraag van jou te behandelen.
audit-reason-correction = Om een fout recht te zetten.
ended-by-staff-title = Je bent afgemeld op al je toestellen
ended-by-staff-body = Een medewerker van { $municipality } deed dat op jouw vraag, of omdat een toestel verloren was. Meld je opnieuw aan om verder te gaan.
visit-booked-title = Je afspraak op { $date } om { $hour }
visit-booked-body = { $service }, in { $place }, { $address }, op { $date } om { $hour }. Zeg aan het loket: { $reference }.
visit-moved-title = Je afspraak is verplaatst naar { $date } om { $hour }
visit-moved-body = { $service }, nu in { $place }, { $address }, op { $date } om { $hour }. Je referentie blijft { $reference }.
visit-cancelled-title = Je afspraak van { $date } om { $hour } gaat niet door
visit-cancelled-body = { $service }, in { $place }: geannuleerd. Je referentie was { $reference }. Je kan een nieuwe afspraak maken wanneer je wil.
visit-tomorrow-title = Morgen om { $hour }: { $service }
visit-tomorrow-body = Je wordt verwacht in { $place }, { $address }, op { $date } om { $hour }. Zeg aan het loket: { $reference }.
visit-soon-title = Vandaag om { $hour }: { $service }
visit-soon-body = Je wordt verwacht in { $place }, { $address }, om { $hour }. Zeg aan het loket: { $reference }.
visit-bring = Breng mee: { $text }
visit-access = Toegang: { $text }
audit-visit-booked = Een medewerker van { $municipality } boekte een afspraak voor je.
audit-visit-moved = Een medewerker van { $municipality } verplaatste je afspraak.
audit-visit-cancelled = Een medewerker van { $municipality } annuleerde je afspraak.
audit-visit-read = Een medewerker van { $municipality } bekeek je afspraak.
