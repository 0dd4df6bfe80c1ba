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
renew-eid = Prenez rendez-vous au service Population. Vous venez deux fois : pour demander la carte et pour la retirer.
bring-eid = Votre carte d’identité actuelle et une photo d’identité récente.
time-eid = Environ trois semaines.
renew-kids-id = Prenez rendez-vous au service Population et venez avec votre enfant. Il n’y a pas de convocation pour une Kids-ID.
bring-kids-id = Votre enfant, sa Kids-ID actuelle, une photo d’identité récente de votre enfant et votre propre carte d’identité.
time-kids-id = Trois semaines au plus.
renew-passport = Prenez rendez-vous au service Population et venez en personne. Beaucoup de pays demandent un passeport valable encore six mois.
bring-passport = Votre carte d’identité, votre passeport actuel et une photo d’identité récente.
time-passport = Six jours ouvrables ou plus, et davantage avant l’été.
renew-driving = Prenez rendez-vous au service Population et venez en personne faire la demande.
bring-driving = Votre permis actuel et votre carte d’identité ; pour le groupe 2 et le code 95, aussi l’attestation médicale et vos points de formation.
time-driving = Deux à cinq jours ouvrables.
renew-residence = Prenez rendez-vous au service Population et introduisez votre demande au plus vite.
bring-residence = Votre carte actuelle, votre passeport, une photo d’identité récente et les pièces justificatives de votre séjour.
time-residence = Environ trois semaines après la décision.
renew-parking = Demandez une nouvelle carte : votre carte actuelle n’est pas prolongée d’office.
bring-parking = Votre carte d’identité ou votre clé numérique.
time-parking = Comptez un mois ou plus.
of-child = { $document } ({ $name })
title-prepare = À préparer : { $document }
body-prepare =
    La validité se termine le { $date }. Vous ne pouvez pas encore faire la demande, mais rassemblez déjà ce qu’il faut.

    À apporter :
    { $bring }
title-apply = Expire le { $date } : { $document }
body-apply =
    { $renew }

    À apporter :
    { $bring }

    Délai :
    { $time }
title-late = Venez ou téléphonez au plus vite : { $document } (expire le { $date })
body-late =
    Le délai pour faire la demande est passé ou presque. Contactez votre commune ({ $municipality }) sans attendre.

    À apporter :
    { $bring }
title-expired = Expiré : { $document }
body-expired =
    La validité s’est terminée le { $date }. { $renew }

    À apporter :
    { $bring }

    Ceci est notre dernier rappel.
title-bring = { $document } : votre rendez-vous le { $visit }
body-bring =
    Votre rendez-vous est pris, vous n’avez plus rien à réserver.

    À apporter :
    { $bring }
title-ready = Prêt : { $document }
body-ready = Vous pouvez retirer le document depuis le { $date } ({ $municipality }). Apportez aussi l’ancien document, s’il y en a un.
ready-codes = Apportez aussi la lettre avec vos codes.
title-certificate = { $document } : les certificats sont valables jusqu’au { $date }
body-certificate = La carte elle-même reste valable. Pour continuer à vous identifier en ligne, venez avec votre carte et votre code PIN : c’est fait tout de suite.
title-signing = { $document } : vous pouvez faire activer votre signature électronique
body-signing = Votre carte date d’avant vos dix-huit ans et ne permet pas encore de signer. Venez avec votre carte et votre code PIN : c’est gratuit et immédiat.
reminder-many = { $count } documents demandent votre attention
reminder-contact = Des questions ? { $municipality }, { $phone }, { $email }
action-book = Prendre rendez-vous
why-before = { $document } : nous vous le rappelons { $days } jours avant la date d’expiration du { $date }.
why-after = { $document } : nous vous écrivons une dernière fois après la date d’expiration du { $date }.
why-ready = { $document } : prêt depuis le { $date }.
why-certificate = { $document } : les certificats sont chaque fois valables dix ans, ceux-ci jusqu’au { $date }.
why-signing = { $document } : vous avez eu dix-huit ans le { $date }.
why-called = { $document } : nous vous écrivons { $days } jours avant l’échéance du { $date }, plus tôt que d’habitude, parce qu’il y avait beaucoup de monde au guichet.
why-source = La date vient des données de votre commune ({ $municipality }), mises à jour le { $date }.
why-stop = Vous ne voulez pas de notifications sur vos documents sur votre téléphone ? Désactivez-les dans Préférences.
why-letter = Vous recevrez toujours la lettre de la commune.
sign-in-back = Retour à l’application
sign-in-unknown-title = Nous ne vous trouvons pas dans votre commune ({ $municipality })
sign-in-unknown-body = Votre identification a réussi, mais vous ne figurez pas dans le registre de la population de la commune ({ $municipality }) que nous avons reçu. Si vous venez de déménager, réessayez dans quelques jours, ou choisissez la commune où se trouve votre inscription.
sign-in-contact = Quelque chose ne va pas ? Appelez le { $phone } ou écrivez à { $email } ({ $municipality }).
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
session-ended-advice = Reconnectez-vous sur cet appareil. Vous ne reconnaissez pas ceci ? Regardez dans l’application où vos sessions sont ouvertes, et fermez celles que vous ne reconnaissez pas.
passkey-added-title = Une clé d’accès a été ajoutée
passkey-added-body = La clé d’accès « { $name } » a été ajoutée sur { $device }. Elle vous permet désormais de confirmer votre identité sans autre application.
passkey-removed-title = Une clé d’accès a été supprimée
passkey-removed-body = La clé d’accès « { $name } » a été supprimée sur { $device }. Supprimez-la aussi dans les réglages de votre appareil.
passkey-copied-title = Une clé d’accès ne fonctionne plus
passkey-copied-body = La clé d’accès « { $name } » a été utilisée sur { $device }, mais elle semble avoir été copiée. Nous l’avons donc supprimée. Rien n’a été montré.
passkey-advice = Ce n’était pas vous ? Fermez dans l’application vos sessions sur tous vos appareils, identifiez-vous à nouveau, et supprimez chaque clé d’accès que vous ne reconnaissez pas.
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
staff-stopped-body = L’identification n’a pas abouti : vous l’avez arrêtée, elle a duré trop longtemps, ou vous avez commencé dans un autre navigateur.
staff-failed-title = L’identification ne fonctionne pas pour l’instant
staff-failed-body = Le service d’identification ne répond pas ou a donné une réponse à laquelle nous ne nous fions pas. Réessayez dans quelques minutes.
staff-unknown-town-title = Nous ne trouvons pas cette commune ici
staff-unknown-town-body = Le lien renvoie à une commune qui n’est pas affiliée ici, ou dont le personnel ne peut pas s’identifier ici. Recommencez et choisissez votre commune.
staff-set-up-body = Le service d’identification et Thuisloket ne se comprennent pas. Réessayer n’aide que lorsque c’est réparé : dites-le à la personne qui gère Thuisloket chez vous. Le journal dit ce qui ne va pas.
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
audit-child-seen = Un membre du personnel de { $municipality } a consulté des données de { $child }.
audit-child-used = Un membre du personnel ou un appareil de { $municipality } a utilisé des données de { $child }.
audit-reminders-read = Un membre du personnel ({ $municipality }) a consulté les rappels que vous avez reçus.
audit-visits-read = Un membre du personnel ({ $municipality }) a consulté vos rendez-vous.
audit-messages-read = Un membre du personnel ({ $municipality }) a consulté les titres des messages que vous avez reçus.
audit-preferences-read = Un membre du personnel ({ $municipality }) a consulté la façon dont nous vous contactons.
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
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Dites au guichet : { $reference }
visit-moved-title = Votre rendez-vous est déplacé au { $date } à { $hour }
visit-moved-body =
    Votre rendez-vous est déplacé. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-joined-title = Votre rendez-vous est élargi : { $date } à { $hour }
visit-joined-body =
    Votre rendez-vous est maintenant pour plus de personnes ou de documents. Il peut durer plus longtemps. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-cancelled-title = Annulé : votre rendez-vous du { $date } à { $hour }
visit-cancelled-body =
    Lieu : { $place }
    Pour : { $service }
    Référence : { $reference }

    Vous pouvez prendre un nouveau rendez-vous quand vous voulez.
visit-reminder-title = Rappel : { $date } à { $hour }, { $service }
visit-reminder-body =
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Dites au guichet : { $reference }
visit-bring = Apportez : { $text }
visit-bring-for = Pour { $name } ({ $document }) : { $text }
visit-access = Accès : { $text }
calendar-say = Dites au guichet : { $text }
calendar-reference = Référence : { $text }
audit-visit-booked = Un membre du personnel ({ $municipality }) a pris un rendez-vous pour vous.
audit-visit-moved = Un membre du personnel ({ $municipality }) a déplacé votre rendez-vous.
audit-visit-cancelled = Un membre du personnel ({ $municipality }) a annulé votre rendez-vous.
audit-visit-rung = Un membre du personnel ({ $municipality }) a noté un appel au sujet de votre rendez-vous.
audit-visit-read = Un membre du personnel ({ $municipality }) a consulté votre rendez-vous.
audit-hold-let-go = Un membre du personnel ({ $municipality }) a libéré pour vous une heure réservée ou proposée.
audit-waiting-joined = Un membre du personnel ({ $municipality }) vous a inscrit sur la liste d’attente.
audit-waiting-left = Un membre du personnel ({ $municipality }) vous a retiré de la liste d’attente.
audit-waiting-offered = Un membre du personnel ({ $municipality }) a cherché une heure libre pour vous, car vous êtes sur la liste d’attente.
audit-visitor-edited = Un membre du personnel ({ $municipality }) a corrigé ce qui était noté au sujet du visiteur de votre rendez-vous.
audit-visit-claimed = Vous avez ajouté dans l’application un rendez-vous que { $municipality } avait pris pour vous.
audit-passkey-added = Vous avez ajouté une clé d’accès dans l’application.
audit-passkey-removed = Vous avez supprimé une clé d’accès dans l’application.
audit-passkey-copied = Une de vos clés d’accès semblait avoir été copiée. L’application de { $municipality } l’a supprimée.
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
visit-offered-title = Une place s’est libérée : { $date } à { $hour }
visit-offered-body =
    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }

    Nous gardons cette place pour vous jusqu’au { $until }. Confirmez dans l’application. Sans réponse, la place va à la personne suivante sur la liste d’attente.
visit-displaced-title = Votre rendez-vous est déplacé au { $date } à { $hour }
visit-displaced-body =
    { $reason } Votre rendez-vous ne peut donc pas avoir lieu comme prévu. Nous vous gardons une autre place. Votre référence reste la même.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-others = Cela ne convient pas ? Au moment de ce message, il restait aussi : { $others }. Vous pouvez déplacer ou annuler dans l’application.
visit-closed-title = Votre rendez-vous du { $date } à { $hour } n’a pas lieu
visit-closed-body = { $reason } Votre rendez-vous pour { $service } ({ $place }) ne peut pas avoir lieu, et nous n’avons pas trouvé d’autre place. Votre référence était { $reference }. Vous pouvez vous inscrire sur la liste d’attente dans l’application.
visit-restored-title = Votre rendez-vous est de nouveau le { $date } à { $hour }
visit-restored-body =
    Le service sera finalement ouvert. Votre rendez-vous a lieu comme prévu.

    Quand : le { $date } à { $hour }
    Lieu : { $where }
    Pour : { $service }
    Référence : { $reference }
visit-readdressed-title = Autre adresse pour votre rendez-vous du { $date } à { $hour }
visit-readdressed-body = Nouvelle adresse : { $place }, { $address }. Votre rendez-vous pour { $service } du { $date } à { $hour } y a lieu. Votre référence reste { $reference }.
visit-subject = { $name } ({ $document })
visit-subjects = Pour qui : { $text }
visit-companions = Noms indiqués : { $text }
visit-at-home = Nous venons à cette adresse : { $text }
visit-by-telephone = Nous vous appelons à ce numéro : { $text }
visit-needs-parent = Un parent vient ; l’enfant n’a pas besoin de venir.
visit-needs-both = Un parent et l’enfant viennent ensemble.
slip-title = Votre rendez-vous
slip-what = Pour quoi
slip-when = Quand
slip-where = Où
slip-persons = { $persons } personnes
slip-bring = À apporter
slip-bring-for = { $document } : { $text }
slip-access = Accès
slip-reference = Référence
slip-say = Dites cette référence à votre arrivée, ou faites lire le code.
slip-stay = Nous prenons contact avec vous. Gardez cette référence.
slip-change = Vous ne pouvez pas venir, ou vous préférez un autre moment ? Appelez le { $phone } ou écrivez à { $email }.
slip-claim = Vous installez l’application plus tard ? Ajoutez-y ce rendez-vous avec la référence et la date de naissance ou le numéro de téléphone que vous avez donnés.
places-title = Heures d’ouverture et temps d’attente : { $municipality }
places-phone = Vous pouvez appeler le { $phone }.
places-open = Ouvert maintenant
places-stopped = Interrompu un moment. Les personnes qui attendent gardent leur place.
places-opens = Fermé maintenant. Ouvert le { $moment }.
places-closed = Fermé maintenant
places-hours = Heures d’ouverture
places-closed-day = fermé
places-waiting = Personnes qui attendent maintenant : { $count }.
places-minutes = environ { $minutes } minutes
places-now = Qui prend un numéro maintenant attend
places-waits = Aujourd’hui, la moitié des personnes n’ont pas attendu plus de { $half } minutes, et neuf sur dix pas plus de { $most } minutes.
places-quiet = D’habitude calme aujourd’hui : { $hours }.
waiting-over-title = { $service } : vous n’êtes plus sur la liste d’attente
waiting-over-body = Les jours que vous aviez choisis pour { $service } sont passés. Vous n’êtes plus sur la liste d’attente. Vous pouvez prendre rendez-vous ou vous réinscrire sur la liste d’attente.
ticket-called-title = { $number } : c’est votre tour
ticket-called-body = C’est à vous : { $desk } ({ $place }), pour { $service }.
ticket-missed-title = { $number } : votre numéro a été appelé, sans réponse
ticket-missed-body = Vous êtes là ? Demandez un nouveau numéro dans l’application ou à l’accueil ({ $place }). Vous pouvez aussi prendre un nouveau rendez-vous pour { $service }.
ticket-left-title = { $number } : vous n’attendez plus
ticket-left-body = Nous pensions que vous n’étiez plus là (lieu : { $place }). Votre numéro ne sera plus appelé. Vous êtes là ? Prenez un nouveau numéro dans l’application ou à l’accueil.
ticket-closed-title = { $number } : nous fermons
ticket-closed-body = { $place } ferme maintenant, et votre numéro ne sera plus appelé. Nous en sommes désolés. Vous pouvez prendre un rendez-vous pour { $service } dans l’application.
ticket-unserved-title = { $number } : plus de guichet pour { $service }
ticket-unserved-body = Plus aucun guichet n’est ouvert pour { $service } ({ $place }), et votre numéro ne sera plus appelé. Nous en sommes désolés. Vous pouvez prendre un rendez-vous dans l’application.
ticket-sent-on-title = { $number } : encore un moment
ticket-sent-on-body = Encore une étape : attendez votre tour pour { $service }. Vous gardez le numéro { $number } et passez avant les personnes qui arrivent maintenant.
ticket-done-title = Comment cela s’est-il passé ?
ticket-done-body = Votre visite : { $service } ({ $place }). Qu’en avez-vous pensé ? Votre réponse est conservée sans votre nom.
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
screen-voiceless = Pas de voix en français : l’écran appelle par un signal sonore.
screen-said = Numéro { $number }, { $desk }.
audit-visitor-received = Un membre du personnel ou une borne ({ $municipality }) vous a donné un numéro.
audit-visitor-called = Un membre du personnel ({ $municipality }) a appelé votre numéro à un guichet.
audit-visitor-served = Un membre du personnel ({ $municipality }) s’est occupé de vous à un guichet.
audit-visitor-missed = Un membre du personnel ({ $municipality }) a appelé votre numéro, et vous n’étiez pas là.
audit-visitor-left = Un membre du personnel ({ $municipality }) a noté votre départ avant l’appel de votre numéro.
audit-visitor-sent-on = Un membre du personnel ({ $municipality }) vous a fait passer à un autre service.
audit-visitor-parked = Un membre du personnel ({ $municipality }) vous a fait patienter un moment; votre numéro reste le vôtre.
waiting-unanswered-title = { $service } : vous n’êtes plus sur la liste d’attente
waiting-unanswered-body = Nous vous avons gardé trois fois une place pour { $service }, sans réponse. Nous ne vous en proposons plus ; vous pouvez vous réinscrire sur la liste d’attente quand vous voulez. Un rendez-vous que vous aviez déjà reste.
announcement-trial = [Essai] { $title }
announcement-more = En savoir plus
audit-unreached-read = Un membre du personnel ({ $municipality }) a ouvert la liste des personnes qu’une annonce ne pouvait pas atteindre dans l’application. Vous y figuriez.
news-title = Annonces : { $municipality }
news-none = Il n’y a pas d’annonces à afficher.
news-all = Tous les sujets
news-topic = Sujet
news-postcode = Code postal
news-street = Rue
news-show = Afficher
news-feeds = Suivre ces annonces
news-feed = Dans un lecteur de flux (RSS)
news-calendar = Dans votre agenda
news-withdrawn = Annonce retirée : elle n’est plus valable.
news-when = Quand
news-where = Où
news-published = Publié le { $date }
news-filter = Choisissez ce que vous voulez voir
news-filter-note = Vous voyez aussi les annonces pour une zone qui n’est pas décrite ici par une rue ou un code postal.
news-words = Mot recherché
news-over = Cette annonce était valable jusqu’au { $date }.
news-also = Autres langues :
news-back = Toutes les annonces : { $municipality }
news-archive = Archives
news-archive-title = Archives des annonces : { $municipality }
news-older = Annonces plus anciennes
news-more = Plus d’annonces
news-languages = Langues
news-none-yet = Nous n’avons encore rien trouvé. Continuez avec les annonces plus anciennes.
news-address = Adresse de cette annonce :
news-share = Partager cette annonce par e-mail
news-contact = Des questions ? { $municipality }
topic-works = Travaux
topic-waste = Déchets
topic-traffic = Circulation
topic-culture = Culture
topic-youth = Jeunesse
topic-sport = Sport
topic-other = Autres
language-name = Français
front-title = Thuisloket
front-what = Ce site fait partie de l’application de votre commune. Dans l’application, vous prenez rendez-vous et lisez vos messages. Les liens ci-dessous mènent aux annonces destinées à tout le monde.
front-news-of = Annonces : { $municipality }
front-staff = Pour le personnel de la commune
front-others = Autres pages
front-docs-citizen = Pour qui crée une application (en anglais)
front-docs-staff = Pour qui relie un programme (en anglais)
front-home = Vers la page d’accueil
front-number = Numéro de cette demande : { $number }
front-not-found-title = Cette page n’existe pas
front-not-found-body = L’adresse est peut-être mal écrite, ou la page n’existe plus.
front-busy-title = Il y a trop de demandes en ce moment
front-busy-body = Réessayez dans une minute.
front-wrong-title = Cela ne fonctionne pas ainsi
front-wrong-body = L’adresse de cette page n’est pas tout à fait correcte. Allez à la page d’accueil et réessayez.
front-failed-title = Une erreur s’est produite chez nous
front-failed-body = Réessayez plus tard. Cela ne fonctionne toujours pas ? Communiquez le numéro ci-dessous à votre commune.
held-no-account = Pas d’application à ce moment.
held-told-by-letter = La lettre de la commune l’avait déjà dit.
held-superseded = Un rappel ultérieur dit la même chose.
held-past = Son jour était déjà passé.
held-renewed = Il y a déjà un nouveau document.
held-stopped = Le document a été arrêté.
held-deceased = Le titulaire est décédé.
held-moved = Le titulaire a quitté la commune.
held-no-longer-registered = Le titulaire n’est plus dans le registre.
held-link-ended = N’est plus parent ayant autorité, selon le registre.
held-of-age = L’enfant est majeur.
