// What is kept of a sign-in while the citizen is in the browser, and what comes back from there.
import Foundation

/// Why nobody is signed in. The citizen has read it on a page, in their language, but for the last.
public enum SignInFault: String, Sendable {
    /// By the citizen, or it took too long.
    case stopped
    case notInRegister = "not_in_register"
    case levelTooLow = "level_too_low"
    case anotherPerson = "another_person"
    /// Try later. A fault that this version does not know is taken for it.
    case providerUnavailable = "provider_unavailable"
    /// The town must mend it.
    case providerMisconfigured = "provider_misconfigured"
    /// The link is not of the sign-in that began on this phone, or of one that is finished or too old: say nothing, and show the first screen.
    case nothingToFinish = "nothing_to_finish"
}

/// What came of a sign-in; `goOn` is the path that the app gave at the start.
public enum SignedIn: Sendable, Equatable {
    case yes(goOn: String?)
    case no(SignInFault)
}

/// A sign-in that is under way.
struct UnderWay: Codable, Sendable {
    /// Under which name the store keeps it.
    static let name = "sign-in"

    /// The code that is being traded, with the key of that deed: it is the same if the app is killed before the answer is there.
    struct Trade: Codable, Sendable {
        let code: String
        let key: String
    }

    let verifier: String
    var trade: Trade?
}

/// The path behind the app link, on which a sign-in comes back.
private let wayBack = "/sign-in"

/// Whether a link is one of a sign-in: of this app, where its app link is known; else by its path alone.
private func isWayBack(_ link: String, _ appLink: String?) -> Bool {
    let address = String(link.prefix { $0 != "?" && $0 != "#" })
    guard let appLink else { return address.hasSuffix(wayBack) }
    let base = appLink.hasSuffix("/") ? String(appLink.dropLast()) : appLink
    // Hosts and schemes may come in capitals.
    return address.lowercased() == (base + wayBack).lowercased()
}

/// A path of the app. What begins with two slashes is the address of another host.
private func isPath(_ goOn: String) -> Bool {
    goOn.hasPrefix("/") && !goOn.hasPrefix("//") && !goOn.hasPrefix("/\\")
}

/// What an app link of a sign-in says.
enum CameBack: Sendable, Equatable {
    case code(String, goOn: String?)
    case fault(SignInFault)

    init(_ link: String, appLink: String? = nil) {
        guard isWayBack(link, appLink) else {
            self = .fault(.nothingToFinish)
            return
        }
        var said: [String: String] = [:]
        for item in URLComponents(string: link)?.percentEncodedQueryItems ?? [] {
            // A plus in a query is a space (URL Standard, 5.1), and Foundation leaves it.
            said[item.name] = item.value?.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
        }
        if let code = said["code"], !code.isEmpty {
            self = .code(code, goOn: said["go_on"].flatMap { isPath($0) ? $0 : nil })
        } else if let fault = said["error"], !fault.isEmpty {
            let known = SignInFault(rawValue: fault) ?? .providerUnavailable
            self = .fault(known == .nothingToFinish ? .providerUnavailable : known)
        } else {
            self = .fault(.nothingToFinish)
        }
    }
}
