// What the system browser and a citizen do, for who has neither: it follows a sign-in at the stand-ins of `thuisloket demo`, where a person
// is chosen by a parameter. In an app this is one line that opens the address.
import Foundation

private let mostSteps = 8

private final class StaysHere: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

/// Signs `person` in, and gives the app link that the browser comes back on.
func browse(_ address: String, person: String) async throws -> String {
    guard var at = URL(string: address + (address.contains("?") ? "&" : "?") + "as=\(person)") else { throw URLError(.badURL) }
    for _ in 0..<mostSteps {
        let (body, response) = try await URLSession.shared.data(for: URLRequest(url: at), delegate: StaysHere())
        guard let answer = response as? HTTPURLResponse,
            let location = answer.value(forHTTPHeaderField: "location"),
            let next = URL(string: location, relativeTo: at)
        else {
            fatalError("the browser shows a page: \(String(decoding: body.prefix(200), as: UTF8.self))")
        }
        at = next.absoluteURL
        if at.path.hasSuffix("/sign-in") { return at.absoluteString }
    }
    fatalError("the browser was sent around")
}
