# What we say, in French.
date = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
push-neutral = Vous avez un nouveau message de votre commune.
hour = { $h } h { $m }
weekday = { $weekday ->
    [mon] lundi
    [tue] mardi
    [wed] mercredi
    [thu] jeudi
    [fri] vendredi
    [sat] samedi
   *[sun] dimanche
}
document-eid = Carte d’identité
document-kids-id = Kids-ID
document-passport = Passeport
document-driving-licence = Permis de conduire
document-driving-group2 = Permis de conduire groupe 2
document-driving-code95 = Aptitude professionnelle (code 95)
document-residence-a = Titre de séjour
document-residence-permanent = Titre de séjour
document-residence-f = Titre de séjour
document-disabled-parking = Carte de stationnement pour personnes handicapées
document-resident-parking = Carte de riverain
renew-eid = Prenez rendez-vous au service Population. Vous venez deux fois : pour demander la carte et pour la retirer.
bring-eid = Votre carte d’identité actuelle et une photo d’identité récente.
time-eid = Environ trois semaines.
renew-kids-id = Prenez rendez-vous au service Population et venez avec votre enfant. Il n’y a pas de convocation pour une Kids-ID.
bring-kids-id = Votre enfant, sa Kids-ID actuelle, une photo d’identité récente de votre enfant et votre propre carte d’identité.
time-kids-id = Trois semaines au plus.
renew-passport = Prenez rendez-vous au service Population et venez en personne. Beaucoup de pays demandent un passeport valable encore six mois.
bring-passport = Votre carte d’identité, votre passeport actuel et une photo d’identité récente.
time-passport = Six jours ouvrables ou plus, et davantage avant l’été.
renew-driving = Prenez rendez-vous au service Population et venez en personne faire la demande.
bring-driving = Votre permis actuel et votre carte d’identité ; pour le groupe 2 et le code 95, aussi l’attestation médicale et vos points de formation.
time-driving = Deux à cinq jours ouvrables.
renew-residence = Prenez rendez-vous au service Population et introduisez votre demande au plus vite.
bring-residence = Votre carte actuelle, votre passeport, une photo d’identité récente et les pièces justificatives de votre séjour.
time-residence = Environ trois semaines après la décision.
renew-parking = Demandez une nouvelle carte : votre carte actuelle n’est pas prolongée d’office.
bring-parking = Votre carte d’identité ou votre clé numérique.
time-parking = Comptez un mois ou plus.
of-child = { $document } ({ $name })
title-prepare = À préparer : { $document }
body-prepare =
    La validité se termine le { $date }. Vous ne pouvez pas encore faire la demande, mais rassemblez déjà ce qu’il faut.

    À apporter :
    { $bring }
title-apply = Expire le { $date } : { $document }
body-apply =
    { $renew }

    À apporter :
    { $bring }

    Délai :
    { $time }
title-late = Venez ou téléphonez au plus vite : { $document } (expire le { $date })
body-late =
    Le délai pour faire la demande est passé ou presque. Contactez votre commune ({ $municipality }) sans attendre.

    À apporter :
    { $bring }
title-expired = Expiré : { $document }
body-expired =
    La validité s’est terminée le { $date }. { $renew }

    À apporter :
    { $bring }

    Ceci est notre dernier rappel.
title-bring = { $document } : votre rendez-vous le { $visit }
body-bring =
    Votre rendez-vous est pris, vous n’avez plus rien à réserver.

    À apporter :
    { $bring }
title-ready = Prêt : { $document }
body-ready = Vous pouvez retirer le document depuis le { $date } ({ $municipality }). Apportez aussi l’ancien document, s’il y en a un.
ready-codes = Apportez aussi la lettre avec vos codes.
title-certificate = { $document } : les certificats sont valables jusqu’au { $date }
body-certificate = La carte elle-même reste valable. Pour continuer à vous identifier en ligne, venez avec votre carte et votre code PIN : c’est fait tout de suite.
title-signing = { $document } : vous pouvez faire activer votre signature électronique
body-signing = Votre carte date d’avant vos dix-huit ans et ne permet pas encore de signer. Venez avec votre carte et votre code PIN : c’est gratuit et immédiat.
reminder-many = { $count } documents demandent votre attention
reminder-contact = Des questions ? { $municipality }, { $phone }, { $email }
action-book = Prendre rendez-vous
why-before = { $document } : nous vous le rappelons { $days } jours avant la date d’expiration du { $date }.
why-after = { $document } : nous vous écrivons une dernière fois après la date d’expiration du { $date }.
why-ready = { $document } : prêt depuis le { $date }.
why-certificate = { $document } : les certificats sont chaque fois valables dix ans, ceux-ci jusqu’au { $date }.
why-signing = { $document } : vous avez eu dix-huit ans le { $date }.
why-called = { $document } : nous vous écrivons { $days } jours avant l’échéance du { $date }, plus tôt que d’habitude, parce qu’il y avait beaucoup de monde au guichet.
why-source = La date vient des données de votre commune ({ $municipality }), mises à jour le { $date }.
why-stop = Vous ne voulez pas de notifications sur vos documents sur votre téléphone ? Désactivez-les dans Préférences.
why-letter = Vous recevrez toujours la lettre de la commune.
sign-in-back = Retour à l’application
sign-in-unknown-title = Nous ne vous trouvons pas dans votre commune ({ $municipality })
sign-in-unknown-body = Votre identification a réussi, mais vous ne figurez pas dans le registre de la population de la commune ({ $municipality }) que nous avons reçu. Si vous venez de déménager, réessayez dans quelques jours, ou choisissez la commune où se trouve votre inscription.
sign-in-contact = Quelque chose ne va pas ? Appelez le { $phone } ou écrivez à { $email } ({ $municipality }).
sign-in-stopped-title = L’identification n’a pas abouti
sign-in-stopped-body = L’identification a été arrêtée ou a pris trop de temps. Retournez à l’application et réessayez.
sign-in-failed-title = L’identification ne fonctionne pas pour le moment
sign-in-failed-body = Le service qui confirme votre identité ne répond pas comme prévu. Réessayez plus tard.
sign-in-set-up-body = Le service d’identification et { $municipality } ne se comprennent pas. Ce n’est pas votre faute, et réessayer n’aide que lorsque c’est réparé. Choisissez dans l’application une autre façon de vous identifier, ou contactez votre commune.
sign-in-done-title = L’identification est déjà faite
sign-in-done-body = Cette identification a déjà servi. Retournez à l’application.
sign-in-under-way-title = Un instant
sign-in-under-way-body = Votre identification est en cours. Cette page continue d’elle-même.
session-ended-title = Votre session sur { $device } est fermée
session-ended-body = Une ancienne connexion ({ $device }) a été réutilisée. Cela peut arriver après la restauration d’une sauvegarde, mais aussi si quelqu’un d’autre essaie d’accéder à vos messages. Nous avons donc fermé cette session.
session-ended-advice = Reconnectez-vous sur cet appareil. Vous ne reconnaissez pas ceci ? Regardez dans l’application où vos sessions sont ouvertes, et fermez celles que vous ne reconnaissez pas.
passkey-added-title = Une clé d’accès a été ajoutée
passkey-added-body = La clé d’accès « { $name } » a été ajoutée sur { $device }. Elle vous permet désormais de confirmer votre identité sans autre application.
passkey-removed-title = Une clé d’accès a été supprimée
passkey-removed-body = La clé d’accès « { $name } » a été supprimée sur { $device }. Supprimez-la aussi dans les réglages de votre appareil.
passkey-copied-title = Une clé d’accès ne fonctionne plus
passkey-copied-body = La clé d’accès « { $name } » a été utilisée sur { $device }, mais elle semble avoir été copiée. Nous l’avons donc supprimée. Rien n’a été montré.
passkey-advice = Ce n’était pas vous ? Fermez dans l’application vos sessions sur tous vos appareils, identifiez-vous à nouveau, et supprimez chaque clé d’accès que vous ne reconnaissez pas.
sign-in-too-weak-title = Identifiez-vous d’une manière plus sûre
sign-in-too-weak-body = Cette façon de vous identifier n’est pas assez sûre pour ce que vous voulez voir. Réessayez avec itsme ou avec votre eID.
sign-in-another-title = C’est une autre personne
sign-in-another-body = Cette identification est celle d’une autre personne que dans l’application. Déconnectez-vous d’abord dans l’application pour changer de personne.
staff-welcome = Thuisloket pour le personnel
staff-sign-in = S’identifier pour { $municipality }
staff-no-provider = Aucun moyen d’identification n’est encore configuré pour le personnel.
staff-again = Recommencer
staff-no-roles-title = Vous n’avez pas de rôle ici
staff-no-roles-body = Votre identification a réussi, mais vous n’avez pas de rôle dans cette application. Demandez-en un à la personne qui gère Thuisloket dans votre commune.
staff-stopped-body = L’identification n’a pas abouti : vous l’avez arrêtée, elle a duré trop longtemps, ou vous avez commencé dans un autre navigateur.
staff-failed-title = L’identification ne fonctionne pas pour l’instant
staff-failed-body = Le service d’identification ne répond pas ou a donné une réponse à laquelle nous ne nous fions pas. Réessayez dans quelques minutes.
staff-unknown-town-title = Nous ne trouvons pas cette commune ici
staff-unknown-town-body = Le lien renvoie à une commune qui n’est pas affiliée ici, ou dont le personnel ne peut pas s’identifier ici. Recommencez et choisissez votre commune.
staff-set-up-body = Le service d’identification et Thuisloket ne se comprennent pas. Réessayer n’aide que lorsque c’est réparé : dites-le à la personne qui gère Thuisloket chez vous. Le journal dit ce qui ne va pas.
role-announce = écrire des annonces
role-approve = approuver des annonces
role-alert = écrire des alertes d’urgence
role-counter = aider les citoyens
role-plan = planifier les guichets
role-import = importer le registre
role-administer = administrer
role-audit = contrôler
audit-resident-found = Un membre du personnel ({ $municipality }) a recherché votre dossier.
audit-resident-read = Un membre du personnel ({ $municipality }) a consulté vos données.
audit-documents-read = Un membre du personnel ({ $municipality }) a consulté vos documents.
audit-child-seen = Un membre du personnel ({ $municipality }) a consulté des données de votre enfant ({ $child }).
audit-child-used = Un membre du personnel ou un appareil ({ $municipality }) a utilisé des données de votre enfant ({ $child }).
audit-reminders-read = Un membre du personnel ({ $municipality }) a consulté les rappels que vous avez reçus.
audit-visits-read = Un membre du personnel ({ $municipality }) a consulté vos rendez-vous.
audit-messages-read = Un membre du personnel ({ $municipality }) a consulté les titres des messages que vous avez reçus.
audit-preferences-read = Un membre du personnel ({ $municipality }) a consulté la façon dont nous vous contactons.
audit-contact-settings-read = Un membre du personnel ({ $municipality }) a consulté vos préférences de contact.
audit-contact-settings-changed = Un membre du personnel ({ $municipality }) a modifié vos préférences de contact.
audit-email-started = Un membre du personnel ({ $municipality }) a envoyé un code à une adresse e-mail pour vous.
audit-email-confirmed = Un membre du personnel ({ $municipality }) a confirmé votre adresse e-mail avec le code que vous avez donné.
audit-sessions-ended = Un membre du personnel ({ $municipality }) a fermé vos sessions sur tous vos appareils.
audit-reason-visit = Vous étiez au guichet.
audit-reason-telephone = Vous avez téléphoné.
audit-reason-letter = Vous avez écrit une lettre ou un e-mail.
audit-reason-request = Pour traiter une de vos demandes.
audit-reason-correction = Pour corriger une erreur.
audit-reason-agenda = Pour la liste des rendez-vous d’une journée.
ended-by-staff-title = Vos sessions sont fermées sur tous vos appareils
ended-by-staff-body = Un membre du personnel ({ $municipality }) l’a fait à votre demande, ou parce qu’un appareil était perdu. Identifiez-vous à nouveau pour continuer.
visit-booked-title = Votre rendez-vous le { $date } à { $hour }
visit-booked-body =
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Dites au guichet : { $reference }
visit-moved-title = Votre rendez-vous est déplacé au { $date } à { $hour }
visit-moved-body =
    Votre rendez-vous est déplacé. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-joined-title = Votre rendez-vous est élargi : { $date } à { $hour }
visit-joined-body =
    Votre rendez-vous est maintenant pour plus de personnes ou de documents. Il peut durer plus longtemps. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-given-title = Votre rendez-vous du { $date } à { $hour } n’est plus à votre nom
visit-given-body = Vous aviez pris ce rendez-vous pour une personne pour qui vous n’agissez plus. Vous ne pouvez plus le voir ni le changer.
visit-given-others = Le rendez-vous était aussi pour vous ou pour une autre personne ? Cette partie ne vaut plus. Prenez un nouveau rendez-vous dans l’application, ou appelez le { $phone }.
visit-cancelled-title = Annulé : votre rendez-vous du { $date } à { $hour }
visit-cancelled-body =
    Lieu : { $place }
    Pour : { $service }
    Référence : { $reference }

    Vous pouvez prendre un nouveau rendez-vous quand vous voulez.
visit-reminder-title = Rappel : { $date } à { $hour }, { $service }
visit-reminder-body =
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Dites au guichet : { $reference }
visit-bring = Apportez : { $text }
visit-bring-for = Pour { $name } ({ $document }) : { $text }
visit-access = Accès : { $text }
calendar-say = Dites au guichet : { $text }
calendar-reference = Référence : { $text }
audit-visit-booked = Un membre du personnel ({ $municipality }) a pris un rendez-vous pour vous.
audit-visit-moved = Un membre du personnel ({ $municipality }) a déplacé votre rendez-vous.
audit-visit-cancelled = Un membre du personnel ({ $municipality }) a annulé votre rendez-vous.
audit-visit-rung = Un membre du personnel ({ $municipality }) a noté un appel au sujet de votre rendez-vous.
audit-calls-read = Un membre du personnel ({ $municipality }) a vu sur la liste d’appels que nous voulons vous appeler.
audit-call-taken = Un membre du personnel ({ $municipality }) va vous appeler.
audit-call-given-back = Un membre du personnel ({ $municipality }) a noté que quelqu’un d’autre va vous appeler.
audit-call-noted = Un membre du personnel ({ $municipality }) a noté que nous vous avons téléphoné.
audit-call-closed = Un membre du personnel ({ $municipality }) n’a pas pu vous joindre et cherche un autre moyen.
audit-letters-read = Un membre du personnel ({ $municipality }) a consulté une lettre qui vous est adressée.
audit-letter-taken-out = Un membre du personnel ({ $municipality }) a retiré d’une pile une lettre qui vous est adressée.
audit-letter-put-back = Un membre du personnel ({ $municipality }) a remis dans une pile une lettre qui vous est adressée.
audit-letter-returned = Un membre du personnel ({ $municipality }) a noté qu’une lettre qui vous était adressée est revenue.
audit-addresses-read = Un membre du personnel ({ $municipality }) a consulté la liste des adresses à vérifier, où vous figurez.
audit-address-checked = Un membre du personnel ({ $municipality }) a vérifié votre adresse.
audit-visit-read = Un membre du personnel ({ $municipality }) a consulté votre rendez-vous.
audit-hold-let-go = Un membre du personnel ({ $municipality }) a libéré une heure qui était réservée pour vous ou qui vous était proposée.
audit-waiting-joined = Un membre du personnel ({ $municipality }) a inscrit votre nom sur la liste d’attente.
audit-waiting-left = Un membre du personnel ({ $municipality }) a retiré votre nom de la liste d’attente.
audit-waiting-offered = Un membre du personnel ({ $municipality }) a cherché une heure libre pour vous, car vous êtes sur la liste d’attente.
audit-visitor-edited = Un membre du personnel ({ $municipality }) a corrigé ce qui était noté au sujet du visiteur de votre rendez-vous.
audit-visit-claimed = Vous avez ajouté dans l’application un rendez-vous que votre commune ({ $municipality }) avait pris pour vous.
audit-passkey-added = Vous avez ajouté une clé d’accès dans l’application.
audit-passkey-removed = Vous avez supprimé une clé d’accès dans l’application.
audit-passkey-copied = Une de vos clés d’accès semblait avoir été copiée. L’application de votre commune ({ $municipality }) l’a supprimée.
push-called = Regardez maintenant dans l’application de votre commune.
push-live-title = Votre numéro
push-live-body = Suivez ici quand ce sera votre tour.
push-action-open = Ouvrir
push-action-book = Prendre rendez-vous
push-action-mute = Ne plus afficher ce type de message
push-category-documents = Documents
push-category-account = Votre compte
push-category-appointments = Rendez-vous
push-category-queue = Appels au guichet
push-category-announcements = Messages de la commune
push-category-emergency = Messages d’urgence
moment = { $date } à { $hour }
visit-offered-title = Une place s’est libérée : { $date } à { $hour }
visit-offered-body =
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }

    Nous gardons cette place pour vous jusqu’au { $until }. Confirmez dans l’application. Sans réponse, la place va à la personne suivante sur la liste d’attente.
visit-displaced-title = Votre rendez-vous est déplacé au { $date } à { $hour }
visit-displaced-body =
    { $reason } Votre rendez-vous ne peut donc pas avoir lieu comme prévu. Nous vous gardons une autre place. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-others = Cela ne convient pas ? Au moment de ce message, il restait aussi : { $others }. Vous pouvez déplacer ou annuler dans l’application, ou appeler le { $phone }.
visit-closed-title = Votre rendez-vous du { $date } à { $hour } n’a pas lieu
visit-closed-body = { $reason } Votre rendez-vous pour { $service } ({ $place }) ne peut pas avoir lieu, et nous n’avons pas trouvé d’autre place. Votre référence était { $reference }. Vous pouvez vous inscrire sur la liste d’attente dans l’application, ou appeler le { $phone }.
visit-restored-title = Votre rendez-vous est de nouveau le { $date } à { $hour }
visit-restored-body =
    Le service sera finalement ouvert. Votre rendez-vous a lieu comme prévu.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-readdressed-title = Autre adresse pour votre rendez-vous du { $date } à { $hour }
visit-readdressed-body = Nouvelle adresse : { $place }, { $address }. Votre rendez-vous pour { $service } du { $date } à { $hour } y a lieu. Votre référence reste { $reference }.
visit-subject = { $name } ({ $document })
visit-subjects = Pour qui : { $text }
visit-companions = Noms indiqués : { $text }
visit-at-home = Nous venons à l’adresse indiquée dans votre rendez-vous.
visit-by-telephone = Nous vous appelons à ce numéro : { $text }
visit-needs-parent = Un parent vient ; l’enfant n’a pas besoin de venir.
visit-needs-both = Un parent et l’enfant viennent ensemble.
slip-title = Votre rendez-vous
slip-what = Pour quoi
slip-when = Quand
slip-where = Où
slip-persons = { $persons } personnes
slip-bring = À apporter
slip-bring-for = { $document } : { $text }
slip-access = Accès
slip-reference = Référence
slip-say = Dites cette référence à votre arrivée, ou faites lire le code.
slip-stay = Nous prenons contact avec vous. Gardez cette référence.
slip-change = Vous ne pouvez pas venir, ou vous préférez un autre moment ? Appelez le { $phone } ou écrivez à { $email }.
slip-claim = Vous installez l’application plus tard ? Ajoutez-y ce rendez-vous avec la référence et la date de naissance ou le numéro de téléphone que vous avez donnés.
places-title = Heures d’ouverture et temps d’attente : { $municipality }
places-phone = Vous pouvez appeler le { $phone }.
places-open = Ouvert maintenant
places-stopped = Interrompu un moment. Les personnes qui attendent gardent leur place.
places-opens = Fermé maintenant. Ouvert le { $moment }.
places-closed = Fermé maintenant
places-hours = Heures d’ouverture
places-closed-day = fermé
places-waiting = { $count ->
    [0] Personne n’attend pour le moment.
    [one] 1 personne attend pour le moment.
   *[other] { $count } personnes attendent pour le moment.
}
places-minutes = { $count ->
    [0] moins d’une minute
    [one] environ 1 minute
   *[other] environ { $count } minutes
}
places-unmanned = Aucun guichet n’est encore occupé : nous ne savons pas encore combien de temps vous attendrez.
places-unmanned-service = aucun guichet n’est encore occupé
places-now = Qui prend un numéro maintenant attend
places-waits = Aujourd’hui, la moitié des personnes n’ont pas attendu plus de { $half } minutes, et neuf sur dix pas plus de { $most } minutes.
places-quiet = D’habitude calme aujourd’hui : { $hours }.
waiting-over-title = { $service } : vous n’êtes plus sur la liste d’attente
waiting-over-body = Les jours que vous aviez choisis pour { $service } sont passés. Vous n’êtes plus sur la liste d’attente. Vous pouvez prendre rendez-vous ou vous réinscrire sur la liste d’attente.
waiting-not-theirs-title = { $service } : vous n’êtes plus sur la liste d’attente
waiting-not-theirs-body = Vous attendiez pour une personne pour qui vous n’agissez plus. Vous attendez encore pour vous ou pour une autre personne ? Inscrivez-vous de nouveau sur la liste d’attente.
ticket-called-title = { $number } : c’est votre tour
ticket-called-body = C’est à vous : { $desk } ({ $place }), pour { $service }.
ticket-missed-title = { $number } : votre numéro a été appelé, sans réponse
ticket-missed-body = Vous êtes là ? Demandez un nouveau numéro dans l’application ou à l’accueil ({ $place }). Vous pouvez aussi prendre un nouveau rendez-vous pour { $service }.
ticket-left-title = { $number } : vous n’attendez plus
ticket-left-body = Nous pensions que vous n’étiez plus là (lieu : { $place }). Votre numéro ne sera plus appelé. Vous êtes là ? Prenez un nouveau numéro dans l’application ou à l’accueil.
ticket-closed-title = { $number } : nous fermons
ticket-closed-body = { $place } ferme maintenant, et votre numéro ne sera plus appelé. Nous en sommes désolés. Vous pouvez prendre un rendez-vous pour { $service } dans l’application.
ticket-unserved-title = { $number } : plus de guichet pour { $service }
ticket-unserved-body = Plus aucun guichet n’est ouvert pour { $service } ({ $place }), et votre numéro ne sera plus appelé. Nous en sommes désolés. Vous pouvez prendre un rendez-vous dans l’application.
ticket-sent-on-title = { $number } : encore un moment
ticket-sent-on-body = Encore une étape : attendez votre tour pour { $service }. Vous gardez le numéro { $number } et passez avant les personnes qui arrivent maintenant.
ticket-done-title = Comment cela s’est-il passé ?
ticket-done-body = Votre visite : { $service } ({ $place }). Qu’en avez-vous pensé ? Votre réponse est conservée sans votre nom.
screen-now = C’est à vous
screen-nobody = Votre numéro apparaîtra ici.
screen-waiting = En attente
screen-next = Numéros en attente
screen-wait = Sans rendez‑vous : ± { $minutes } min
screen-closed = Fermé.
screen-opens-today = Ouverture aujourd’hui à { $hour }.
screen-opens-on = Réouverture le { $weekday } { $date } à { $hour }.
screen-opens-weekday = Réouverture { $weekday } à { $hour }.
screen-hours = Heures d’ouverture des prochains jours
screen-shut = fermé
screen-stopped = Le service est interrompu un instant. Chacun garde sa place.
screen-news = Nouvelles de la commune
screen-pause = Ne plus alterner
screen-lost = Pas de connexion : écoutez le personnel.
screen-sound = Activer le son
screen-sound-test = Tester le son
screen-sound-said = Voici le son de cet écran.
screen-voiceless = Pas de voix en français : l’écran appelle par un signal sonore.
screen-said = Numéro { $number }, { $desk }.
audit-visitor-received = Un membre du personnel ou une borne ({ $municipality }) vous a donné un numéro.
audit-visitor-called = Un membre du personnel ({ $municipality }) a appelé votre numéro à un guichet.
audit-visitor-served = Un membre du personnel ({ $municipality }) s’est occupé de vous à un guichet.
audit-visitor-missed = Un membre du personnel ({ $municipality }) a appelé votre numéro, et vous n’étiez pas là.
audit-visitor-left = Un membre du personnel ({ $municipality }) a noté votre départ avant l’appel de votre numéro.
audit-visitor-sent-on = Un membre du personnel ({ $municipality }) vous a fait passer à un autre service.
audit-visitor-parked = Un membre du personnel ({ $municipality }) vous a fait patienter un moment ; vous gardez votre numéro.
waiting-unanswered-title = { $service } : vous n’êtes plus sur la liste d’attente
waiting-unanswered-body = Nous vous avons gardé trois fois une place pour { $service }, sans réponse. Nous ne vous en proposons plus ; vous pouvez vous réinscrire sur la liste d’attente quand vous voulez. Un rendez-vous que vous aviez déjà reste.
announcement-trial = [Essai] { $title }
announcement-more = En savoir plus
audit-unreached-read = Un membre du personnel ({ $municipality }) a ouvert la liste des personnes qu’une annonce ne pouvait pas atteindre dans l’application. Vous y figuriez.
news-title = Annonces : { $municipality }
news-none = Il n’y a pas d’annonces à afficher.
news-all = Tous les sujets
news-topic = Sujet
news-postcode = Code postal
news-street = Rue
news-show = Afficher
news-feeds = Suivre ces annonces
news-feed = Dans un lecteur de flux (RSS)
news-calendar = Dans votre agenda
news-withdrawn = Annonce retirée : elle n’est plus valable.
news-when = Quand
news-where = Où
news-published = Publié le { $date }
news-filter = Choisissez ce que vous voulez voir
news-filter-note = Vous voyez aussi les annonces pour une zone qui n’est pas décrite ici par une rue ou un code postal.
news-words = Mot recherché
news-over = Cette annonce était valable jusqu’au { $date }.
news-also = Autres langues :
news-back = Toutes les annonces : { $municipality }
news-archive = Archives
news-archive-title = Archives des annonces : { $municipality }
news-older = Annonces plus anciennes
news-more = Plus d’annonces
news-languages = Langues
news-none-yet = Nous n’avons encore rien trouvé. Continuez avec les annonces plus anciennes.
news-address = Adresse de cette annonce :
news-share = Partager cette annonce par e-mail
news-contact = Des questions ? { $municipality }
topic-works = Travaux
topic-waste = Déchets
topic-traffic = Circulation
topic-culture = Culture
topic-youth = Jeunesse
topic-sport = Sport
topic-other = Autres
mail-neutral-subject = Un message de votre commune ({ $municipality }) vous attend
mail-neutral-body = { $municipality } a un message pour vous. Connectez-vous dans l’application pour le lire. Vous n’avez pas l’application ? Appelez le { $phone }.
mail-code-subject = Confirmez votre adresse e-mail pour { $municipality }
mail-code-body = Votre code est { $code }. Il est valable { $minutes } minutes.

    Entrez le code dans l’application, ou lisez-le au membre du personnel ({ $municipality }).

    Vous n’avez rien demandé ? Vous ne devez rien faire.
mail-open = Ouvrir l’application de votre commune ({ $municipality })
mail-unsubscribe = Vous ne voulez plus recevoir par e-mail les messages destinés à tous ({ $municipality }) ?
mail-automatic = { $municipality } a envoyé cet e-mail automatiquement. Nous ne demandons jamais votre mot de passe ni votre code PIN.
mail-unsubscribe-title = Plus de messages par e-mail ?
mail-unsubscribe-body = { $municipality } ne vous enverra plus par e-mail les messages destinés à tous. Vous recevrez encore les messages qui vous concernent, par exemple sur votre rendez-vous.
mail-unsubscribe-button = Arrêter ces e-mails
mail-unsubscribed-title = Vous ne recevez plus ces e-mails
mail-unsubscribed-body = { $municipality } ne vous envoie plus par e-mail les messages destinés à tous. Vous pouvez les réactiver dans l’application.
language-name = Français
front-title = Thuisloket
front-what = Ce site fait partie de l’application de votre commune. Dans l’application, vous prenez rendez-vous et lisez vos messages. Les liens ci-dessous mènent aux annonces destinées à tout le monde.
front-news-of = Annonces : { $municipality }
front-staff = Pour le personnel de la commune
front-others = Autres pages
front-docs-citizen = Pour les personnes qui créent une application (en anglais)
front-docs-staff = Pour les personnes qui connectent un programme (en anglais)
front-home = Vers la page d’accueil
front-number = Numéro de cette demande : { $number }
front-not-found-title = Cette page n’existe pas
front-not-found-body = L’adresse est peut-être mal écrite, ou la page n’existe plus.
front-busy-title = Il y a trop de demandes en ce moment
front-busy-body = Réessayez dans une minute.
front-wrong-title = Cela ne fonctionne pas ainsi
front-wrong-body = L’adresse de cette page n’est pas tout à fait correcte. Allez à la page d’accueil et réessayez.
front-failed-title = Une erreur s’est produite chez nous
front-failed-body = Réessayez plus tard. Cela ne fonctionne toujours pas ? Communiquez le numéro ci-dessous à votre commune.
held-no-account = Pas d’application à ce moment.
held-told-by-letter = La lettre de la commune l’avait déjà dit.
held-superseded = Un rappel ultérieur dit la même chose.
held-past = Le jour était déjà passé.
held-renewed = Il y a déjà un nouveau document.
held-stopped = Le document a été bloqué.
held-deceased = Le titulaire est décédé.
held-moved = Le titulaire a quitté la commune.
held-no-longer-registered = Le titulaire n’est plus dans le registre.
held-link-ended = N’est plus parent ayant autorité, selon le registre.
held-of-age = L’enfant est majeur.
letter-contact = Des questions ? Appelez le { $phone } ou écrivez à { $email }.
letter-batch = Lettres { $number }, partie { $part }
letter-proof = Feuille d’essai pour enveloppes à fenêtre
letter-proof-text =
    Pliez cette feuille sur les traits à gauche et glissez-la dans une enveloppe de la commune. Seule l’adresse doit être visible dans la fenêtre.

    Les zones en couleur restent libres pour la poste. Elles ne figurent pas sur une vraie lettre.
country-at = Autriche
country-bg = Bulgarie
country-ca = Canada
country-ch = Suisse
country-cy = Chypre
country-cz = Tchéquie
country-de = Allemagne
country-dk = Danemark
country-ee = Estonie
country-es = Espagne
country-fi = Finlande
country-fr = France
country-gb = Royaume-Uni
country-gr = Grèce
country-hr = Croatie
country-hu = Hongrie
country-ie = Irlande
country-it = Italie
country-lt = Lituanie
country-lu = Luxembourg
country-lv = Lettonie
country-ma = Maroc
country-mt = Malte
country-nl = Pays-Bas
country-no = Norvège
country-pl = Pologne
country-pt = Portugal
country-ro = Roumanie
country-se = Suède
country-si = Slovénie
country-sk = Slovaquie
country-tr = Turquie
country-us = États-Unis
mandate-asked-title = { $name } souhaite agir pour vous
mandate-asked-body = { $name } demande une procuration pour agir en votre nom auprès de votre commune ({ $municipality }). L’application indique pour quoi et jusqu’à quand. Acceptez ou refusez-la dans l’application, dans les deux semaines.
mandate-accepted-title = Votre procuration est acceptée
mandate-accepted-body = { $name } accepte que vous agissiez en son nom auprès de votre commune ({ $municipality }).
mandate-refused-title = Votre procuration est refusée
mandate-refused-body = { $name } n’accepte pas que vous agissiez en son nom auprès de votre commune ({ $municipality }).
mandate-given-title = { $name } agit pour vous
mandate-given-body = Votre commune ({ $municipality }) a noté ceci : { $name } agit pour vous. Ce n’est pas exact ? Mettez fin à la procuration dans l’application ou contactez votre commune.
mandate-ordered-title = { $name } vous représente ou vous assiste
mandate-ordered-body = Votre commune ({ $municipality }) a noté ceci : { $name } agit pour vous, à la suite d’une décision du juge. Ce n’est pas exact ? Contactez votre commune.
mandate-from = Cela commence le { $date }.
mandate-held-title = Vous agissez pour { $name }
mandate-held-body = { $municipality } a noté que vous agissez pour { $name }. Pour quoi et jusqu’à quand ? L’application l’indique, ou demandez-le à votre commune.
mandate-ended-given-title = Une procuration a pris fin
mandate-ended-given-body = { $name } n’agit plus pour vous auprès de votre commune ({ $municipality }). Les rendez-vous déjà pris sont maintenus.
mandate-ended-held-title = Une procuration a pris fin
mandate-ended-held-body = Vous n’agissez plus pour { $name } auprès de votre commune ({ $municipality }). Les rendez-vous déjà pris sont maintenus.
mandate-lapsed-given-title = Une procuration ne se fait pas
mandate-lapsed-given-body = { $name } n’agit pas pour vous auprès de votre commune ({ $municipality }).
mandate-lapsed-held-title = Une procuration ne se fait pas
mandate-lapsed-held-body = Vous n’agissez pas pour { $name } auprès de votre commune ({ $municipality }).
mandate-why-refused = La procuration a été refusée.
mandate-why-withdrawn = La personne qui agissait y a mis fin.
mandate-why-revoked = La personne qui l’avait donnée y a mis fin.
mandate-why-staff = Un membre du personnel ({ $municipality }) y a mis fin.
mandate-why-date = Le délai est écoulé.
mandate-why-gone = L’une des deux personnes ne figure plus comme habitante au registre de la commune ({ $municipality }).
mandate-of-age-child-title = Vous avez atteint la majorité
mandate-of-age-child-body = { $name } n’agit plus pour vous en tant que parent auprès de votre commune ({ $municipality }). Vous voulez de l’aide ? Donnez une procuration, dans l’application ou au guichet.
mandate-of-age-parent-title = { $name } a atteint la majorité
mandate-of-age-parent-body = Vous n’agissez plus en tant que parent pour { $name } auprès de votre commune ({ $municipality }). { $name } peut vous donner une procuration, dans l’application ou au guichet.
parent-blocked-title = Vous n’agissez plus pour { $name }
parent-blocked-body = { $municipality } a noté que vous n’agissez pas en tant que parent pour { $name }. Une question ? Contactez { $municipality }.
parent-unblocked-title = Vous agissez à nouveau pour { $name }
parent-unblocked-body = Vous agissez à nouveau en tant que parent pour { $name } auprès de votre commune ({ $municipality }).
for-child-title = Il y a du nouveau pour un rendez-vous ({ $name })
for-child-body = { $municipality } a du nouveau pour un rendez-vous ({ $name }). Vous voyez le rendez-vous dans l’application, sous le nom de votre enfant.
for-visit-title = Il y a du nouveau pour un rendez-vous ({ $name })
for-visit-body = { $municipality } a du nouveau pour un rendez-vous ({ $name }). Vous voyez le rendez-vous dans l’application, sous le nom de la personne pour qui vous agissez.
for-document-title = Il y a du nouveau pour un document ({ $name })
for-document-body = { $municipality } a du nouveau pour un document ({ $name }). Vous voyez le document dans l’application, sous le nom de la personne pour qui vous agissez.
for-other-title = Il y a un message pour { $name }
for-other-body = { $municipality } a un message pour { $name }. Vous le lisez dans l’application, sous le nom de la personne pour qui vous agissez.
for-unseen-body = { $municipality } a du nouveau pour { $name }. Vous ne pouvez pas le consulter vous-même. Demandez à { $name } de quoi il s’agit.
for-call-body = { $municipality } a du nouveau pour { $name }. Appelez le { $phone } ou passez avec votre carte d’identité : on vous dira de quoi il s’agit.
deed-asked-book-title = { $name } veut prendre un rendez-vous
deed-asked-book-body = { $name } propose un rendez-vous auprès de votre commune ({ $municipality }) : { $service }, { $when }. Dites oui ou non dans l’application, avant le { $until }. Jusque-là, nous gardons ce moment libre.
deed-asked-move-title = { $name } veut déplacer un rendez-vous
deed-asked-move-body = { $name } propose un autre moment auprès de votre commune ({ $municipality }) : { $service }, { $when }. Dites oui ou non dans l’application, avant le { $until }. Jusque-là, le rendez-vous ne change pas et nous gardons le nouveau moment libre.
deed-accepted-title = { $name } a dit oui
deed-accepted-body = { $name } a dit oui à votre proposition : { $service }, { $when }. C’est réservé.
deed-refused-title = { $name } a dit non
deed-refused-body = { $name } a dit non à votre proposition : { $service }, { $when }. Rien n’a changé.
deed-withdrawn-title = Votre réponse n’est plus nécessaire
deed-withdrawn-body = { $name } a retiré la proposition : { $service }, { $when }. Rien n’a changé.
deed-late-title = Personne n’a répondu à temps
deed-late-body = Personne n’a dit oui à temps : { $service }, { $when }. Le moment est de nouveau libre. Rien n’a changé.
deed-mandate-title = Une proposition est annulée
deed-mandate-body = La procuration entre vous et { $name } a pris fin. La proposition est donc annulée : { $service }, { $when }. Rien n’a changé.
deed-taken-title = Une proposition est annulée
deed-taken-body = La proposition n’est plus possible : { $service }, { $when }. Vous voulez un autre moment ? Choisissez-le dans l’application.
deed-helper-asked-body = { $name } demande votre accord pour un rendez-vous auprès de votre commune ({ $municipality }). L’application indique, dans vos procurations, pour quoi et quand. Dites oui ou non avant le { $until }.
deed-helper-over-body = Il s’agit d’un rendez-vous pour { $name } auprès de votre commune ({ $municipality }). Ce message ne dit ni pour quoi ni quand. Vous voyez les rendez-vous tels qu’ils sont maintenant dans l’application, quand vous agissez pour { $name }.
mandate-slip-title = Procuration
mandate-slip-holder = Qui agit
mandate-slip-grantor = Pour qui
mandate-slip-may = Ce qui est permis
mandate-slip-with = Pour quoi
mandate-slip-mode = Comment
mandate-slip-mode-represent = À la place de l’autre personne.
mandate-slip-mode-assist = Ensemble : ce que l’une des deux personnes réserve ou déplace attend l’accord de l’autre.
mandate-slip-mode-assist-given = En aidant : ce que l’aidant propose attend l’accord de la personne qui a donné la procuration.
mandate-slip-from = À partir du
mandate-slip-until = Jusqu’au
mandate-slip-no-end = Pas de date de fin
mandate-slip-by = Notée au guichet par
mandate-slip-verb-see = Consulter
mandate-slip-verb-be-told = Recevoir des avis
mandate-slip-verb-book = Réserver et déplacer
mandate-slip-verb-ask = Poser des questions
mandate-slip-kind-documents = Documents
mandate-slip-kind-visits = Rendez-vous
mandate-slip-kind-messages = Messages
mandate-slip-kind-cases = Dossiers
mandate-slip-end = Vous voulez que cela s’arrête ? Mettez fin à la procuration dans l’application, dites-le au guichet, appelez le { $phone } ou écrivez à { $email }. Elle prend fin tout de suite.
mandate-slip-end-court = Cette procuration repose sur une décision du juge. Cette décision change ? Dites-le au guichet, appelez le { $phone } ou écrivez à { $email }.
audit-deed-proposed = Vous avez proposé un rendez-vous ou un autre moment dans l’application.
audit-deed-accepted = Vous avez dit oui dans l’application à un rendez-vous proposé ou à un autre moment.
audit-deed-refused = Vous avez dit non dans l’application à un rendez-vous proposé ou à un autre moment.
audit-deed-over = Un rendez-vous proposé ou un autre moment a été abandonné.
audit-holder-deed-proposed = { $holder } a proposé un rendez-vous ou un autre moment.
audit-holder-deed-accepted = { $holder } a dit oui au rendez-vous ou à l’autre moment que vous proposiez.
audit-holder-deed-refused = { $holder } a dit non au rendez-vous ou à l’autre moment que vous proposiez.
audit-holder-deed-over = { $holder } a retiré la proposition.
audit-mandate-asked = Quelqu’un a demandé dans l’application à agir pour vous.
audit-mandate-accepted = Vous avez accepté dans l’application que quelqu’un agisse pour vous.
audit-mandate-refused = Vous avez refusé dans l’application que quelqu’un agisse pour vous.
audit-mandate-given = Un membre du personnel ({ $municipality }) a noté une procuration entre vous et une autre personne.
audit-mandate-proposed = Un membre du personnel ({ $municipality }) a noté une décision du juge au sujet d’un administrateur. Un collègue la vérifie.
audit-mandate-confirmed = Un membre du personnel ({ $municipality }) a confirmé une décision du juge au sujet d’un administrateur.
audit-mandate-ended = Une procuration entre vous et une autre personne a pris fin.
audit-mandates-read = Un membre du personnel ({ $municipality }) a consulté qui agit pour vous et pour qui vous agissez.
audit-parent-blocked = Un membre du personnel ({ $municipality }) a noté qu’un parent n’agit pas pour un enfant.
audit-parent-unblocked = Un parent agit à nouveau pour un enfant, selon { $municipality }.
audit-holder-unknown = Une personne qui ne figure plus au registre
audit-holder-documents-read = { $holder } a consulté vos documents en agissant pour vous.
audit-holder-visits-read = { $holder } a consulté vos rendez-vous en agissant pour vous.
audit-holder-messages-read = { $holder } a consulté vos messages en agissant pour vous.
audit-holder-visit-booked = { $holder } a pris un rendez-vous pour vous, ou a réservé une heure.
audit-holder-visit-moved = { $holder } a déplacé ou modifié votre rendez-vous.
audit-holder-visit-cancelled = { $holder } a annulé votre rendez-vous.
audit-holder-hold-let-go = { $holder } a libéré une heure réservée pour vous.
audit-holder-mandate-asked = { $holder } a demandé dans l’application à agir pour vous.
audit-holder-mandate-ended = { $holder } a mis fin à la procuration pour agir en votre nom.
audit-holder-child-seen = { $holder } a consulté, en tant que parent, des données de votre enfant ({ $child }).
audit-holder-child-used = { $holder } a utilisé, en tant que parent, des données de votre enfant ({ $child }).
council-title = Qui a reçu nos messages ?
council-period = Du { $from } au { $until } inclus
council-intro = La commune promet à ses habitants qu’un message leur parvient : dans l’application ou, s’ils ne l’y lisent pas, par e-mail, par lettre ou par téléphone. Cette page montre en chiffres ce que les messages sont devenus. Chaque message compte une fois, dans le mois où il a commencé.
council-few = non affiché
council-few-why = Nous n’affichons pas un nombre inférieur à dix, ni un nombre qui permettrait de le calculer : on saurait de qui il s’agit.
council-tiny = Moins de 10 personnes, au total ou dans une des parties : nous n’affichons pas de chiffres.
council-kinds = Messages à une personne
council-whole = { $number } messages ont commencé ce mois-là.
council-kinds-caption = Ce qu’est devenu chaque message, par type
council-what = Ce qui s’est passé
council-none = Aucun message à une personne n’a commencé ce mois-là.
council-promised = Promis
council-arrived = Arrivé
council-read = Lu dans l’application
council-mailed = Envoyé par e-mail
council-posted = Envoyé par lettre
council-called = Dit au téléphone
council-needless = Plus nécessaire
council-settled = Déjà fait, ou n’est plus valable
council-replaced = Répété dans un message ultérieur
council-not = Non atteint
council-handed-over = Un collègue s’en occupe
council-not-reached = Aucun moyen n’a permis de joindre la personne
council-refused = Ne veut pas de messages de cette façon
council-too-late = Pas à temps
council-not-here = Personne décédée ou plus inscrite
council-under-way = Encore en cours
council-announced = Annonces
council-announced-intro = L’auteur d’une annonce choisit jusqu’où elle va : l’application seule, l’e-mail aussi, ou une lettre aussi. Personne n’est appelé pour cela.
council-announced-caption = Ce qu’est devenue chaque annonce
council-none-announced = Aucune annonce n’est partie ce mois-là.
council-announcement = Annonce
council-concerned = Destinataires
council-in-app = Dans l’application, non lu
council-without-app = N’a pas l’application
council-with-parent = Par un parent
council-held-back = Avait déjà assez reçu cette semaine-là
council-plan-reminder = Rappel à temps
council-plan-reminder-late = Rappel peu avant la date de fin
council-plan-reminder-expired = Le document a expiré
council-plan-visit-changed = Rendez-vous modifié
council-plan-closing = Lieu fermé soudainement
