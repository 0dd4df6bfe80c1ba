// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "ThuisloketCitizen",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "ThuisloketCitizen", targets: ["ThuisloketCitizen"])],
    targets: [
        .target(name: "ThuisloketCitizen"),
        .executableTarget(name: "FirstHour", dependencies: ["ThuisloketCitizen"], path: "Examples/FirstHour"),
    ],
    swiftLanguageModes: [.v6]
)
