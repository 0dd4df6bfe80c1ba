// The way to the server.
import Foundation

/// One request, each try of which is the same.
public struct Sent: Sendable {
    public let method: String
    public let url: URL
    public let headers: [String: String]
    public let body: String?
}

/// What came back, as a whole. The names of `headers` are in lower case.
public struct Received: Sendable {
    public let status: Int
    public let headers: [String: String]
    public let body: Data

    public init(status: Int, headers: [String: String], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public func header(_ name: String) -> String? { headers[name] }

    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// What sends a request: `UrlSessionHttp`, or some lines around what an app has already.
public protocol Http: Sendable {
    /// Sends it once, follows no redirection, and reads the whole body.
    func send(_ sent: Sent) async throws -> Received
}

/// HTTP by the system, without cookies and caches.
public struct UrlSessionHttp: Http {
    private let session: URLSession

    /// - Parameter answerWithin: Seconds until an answer is taken for lost.
    public init(answerWithin: Double = 40) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = answerWithin
        configuration.timeoutIntervalForResource = answerWithin
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration)
    }

    public func send(_ sent: Sent) async throws -> Received {
        var request = URLRequest(url: sent.url)
        request.httpMethod = sent.method
        request.httpBody = sent.body.map { Data($0.utf8) }
        for (name, value) in sent.headers { request.setValue(value, forHTTPHeaderField: name) }
        let (body, response) = try await session.data(for: request, delegate: StaysHere())
        guard let answer = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in answer.allHeaderFields {
            if let name = name as? String, let value = value as? String { headers[name.lowercased()] = value }
        }
        return Received(status: answer.statusCode, headers: headers, body: body)
    }
}

/// Follows no redirection: a token is for one server.
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
