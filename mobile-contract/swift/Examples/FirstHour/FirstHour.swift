// The first hour of an app: signs in, reads the inbox, books a visit, registers for pushes, handles one. It runs on a Mac, without a
// screen: `swift run FirstHour http://127.0.0.1:8091`.
import Foundation
import ThuisloketCitizen

@main
enum FirstHour {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let server = arguments.count > 1 ? arguments[1] : "http://127.0.0.1:8091"
        let person = arguments.count > 2 ? arguments[2] : "anna"
        let provider = arguments.count > 3 ? arguments[3] : "town"

        // In an app: a KeychainStore. Here a session lasts as long as the process.
        let citizen = Citizen(server: server, store: MemoryStore(), onSignedOut: { print("Signed out: \($0.code)") })

        // 1. Choose a town, and sign in.
        guard let town = try await citizen.api.listMunicipalities().first else { fatalError("this server serves no town") }
        let begun = try await citizen.startSignIn(
            municipality: town.key,
            deviceName: "First hour",
            language: .nl,
            provider: provider,
            goOn: "/inbox"
        )
        // In an app: SignInBrowser(over: window).open(begun.authorizationUrl, appLink: appLink)
        let link = try await browse(begun.authorizationUrl, person: person)
        guard case .yes(let goOn) = try await citizen.finishSignIn(link) else { fatalError("not signed in: \(link)") }
        let me = try await citizen.api.getProfile()
        print("1. Signed in as \(me.givenNames) in \(town.names.first?.name ?? town.key); on to \(goOn ?? "/").")

        // 2. Read the inbox, the newest first. The next page is asked for when the loop comes there.
        var seen = 0
        for try await message in citizen.messages(limit: 20) {
            seen += 1
            if seen <= 3 { print("2. \(message.createdAt) \(message.withdrawnAt == nil ? "" : "(withdrawn) ")\(message.title)") }
        }
        print("2. \(seen) messages in the inbox.")

        // 3. Register for pushes, with what Apple gave the app.
        let token = (0..<32).map { _ in String(format: "%02x", UInt8.random(in: .min ... .max)) }.joined()
        let device = Contract.DeviceIn(
            appVersion: "1.0.0",
            locale: .nl,
            platform: .ios,
            preview: .neutral,
            target: token,
            targetKind: .apnsToken
        )
        try await citizen.registerDevice(device)
        print("3. Registered for pushes.")

        // 4. Search the next free start and book it. Who comes second is told so, and takes the next one.
        let services = try await citizen.api.listServices().services
        guard let service = services.first(where: { $0.needs == .citizen }) ?? services.first else {
            fatalError("nothing can be booked here")
        }
        let nextStart = [Codes.slotTaken, Codes.slotNotOffered, Codes.visitOverlaps]
        var booked: Contract.AppointmentOut?
        for try await start in citizen.freeStarts(serviceId: service.id) {
            // One key for one deed: made before the first try, and kept until it is answered.
            let deed = citizen.deed()
            let wish = Contract.AppointmentWish(
                hold: false,
                locationId: start.locationId,
                persons: 1,
                serviceId: service.id,
                startsAt: start.startsAt
            )
            do {
                booked = try await citizen.api.bookAppointment(appointmentWish: wish, idempotencyKey: deed)
                break
            } catch let problem as Problem where nextStart.contains(problem.code) {
                continue
            }
        }
        guard let visit = booked else { fatalError("no start is free") }
        print("4. Booked: \(visit.service.name), \(visit.startsAt), \(visit.location.name); reference \(visit.reference).")

        // 5. A push comes in. It holds an id and nothing personal: the message is fetched with the app's own session.
        var inbox = citizen.messages(limit: 1).makeAsyncIterator()
        if let newest = try await inbox.next() {
            let alert = "Je hebt een nieuw bericht van je gemeente."
            let userInfo: [AnyHashable: Any] = [
                "aps": ["alert": alert, "badge": 1, "sound": "default", "category": "appointments"] as [String: Any],
                "type": "show",
                "message_id": newest.id.uuidString.lowercased(),
            ]
            guard let push = readApns(userInfo) else { fatalError("not a push of this server") }
            print("5. A push, to \(try await citizen.pushes.handle(push)).")
            print("5. The same again, to \(try await citizen.pushes.handle(push)).")
            let message = try await citizen.api.getMessage(messageId: newest.id)
            try await citizen.api.markRead(messageId: newest.id)
            let unread = try await citizen.api.countUnread().unread
            print("5. Opened: \(message.title). \(unread) unread.")
        }

        // 6. Leave nothing behind, so that this can be run again.
        try await citizen.api.cancelAppointment(appointmentId: visit.id)
        try await citizen.api.removeDevice(installationId: citizen.installation())
        try await citizen.signOut()
        print("6. Cancelled, and signed out.")
    }
}
