#if os(iOS)
import AuthenticationServices

/// The system's browser for a sign-in, over the app: never a web view (RFC 8252).
///
/// It gives the app link back itself. Before iOS 17.4 it knows no links of the web: there, open the address with `UIApplication.open`, and
/// give the link that opens the app to `Citizen.finishSignIn`.
@available(iOS 17.4, *)
@MainActor
public final class SignInBrowser: NSObject, ASWebAuthenticationPresentationContextProviding {
    private let window: ASPresentationAnchor
    private var session: ASWebAuthenticationSession?

    public init(over window: ASPresentationAnchor) {
        self.window = window
    }

    /// Opens the address of a sign-in, and gives the link that it came back on; nil where the citizen closed it.
    ///
    /// - Parameter appLink: Where the town's sign-ins come back: its `app_link`, such as `https://app.town.example/thuisloket`.
    public func open(_ address: String, appLink: URL) async throws -> String? {
        guard let url = URL(string: address), let host = appLink.host else { throw URLError(.badURL) }
        let path = appLink.appendingPathComponent("sign-in").path
        return try await withCheckedThrowingContinuation { waiting in
            let session = ASWebAuthenticationSession(url: url, callback: .https(host: host, path: path)) { @Sendable link, error in
                if let link {
                    waiting.resume(returning: link.absoluteString)
                } else if (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin {
                    waiting.resume(returning: nil)
                } else {
                    waiting.resume(throwing: error ?? URLError(.unknown))
                }
            }
            session.presentationContextProvider = self
            self.session = session
            session.start()
        }
    }

    public func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor { window }
}
#endif
