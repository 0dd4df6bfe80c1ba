// Values of the contract, and how they stand in JSON.
import Foundation

/// What follows from the contract: its values, and `citizen.api`.
public enum Contract {}

/// A day of the town, such as a birthday: it has no hour and no time zone, so it is no `Date`.
public struct Day: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2027-03-01`. Nil: it is no day.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else { return nil }
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no day")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var description: String { String(format: "%04d-%02d-%02d", year, month, day) }

    public static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// An instant as RFC 3339 has it.
func text(of instant: Date) -> String {
    let formatter = ISO8601DateFormatter()
    if instant.timeIntervalSince1970.rounded() != instant.timeIntervalSince1970 { formatter.formatOptions.insert(.withFractionalSeconds) }
    return formatter.string(from: instant)
}

/// Reads one, with parts of a second or without.
func parsedInstant(_ text: String) -> Date? {
    let formatter = ISO8601DateFormatter()
    if let whole = formatter.date(from: text) { return whole }
    formatter.formatOptions.insert(.withFractionalSeconds)
    return formatter.date(from: text)
}

enum Json {
    static func read<T: Decodable>(_ type: T.Type, from data: Data) throws -> T {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let instant = parsedInstant(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no instant")
            }
            return instant
        }
        return try decoder.decode(type, from: data)
    }

    static func read<T: Decodable>(_ type: T.Type, from kept: String) throws -> T {
        try read(type, from: Data(kept.utf8))
    }

    static func text<T: Encodable>(_ value: T) throws -> String {
        let encoder = JSONEncoder()
        // The same to the letter each time: the server compares what comes again under one key.
        encoder.outputFormatting = .sortedKeys
        encoder.dateEncodingStrategy = .custom { instant, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(ThuisloketCitizen.text(of: instant))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
