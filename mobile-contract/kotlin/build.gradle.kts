// For apps on Android (8.0 and newer) and the JVM. The version stands in gradle.properties, which mobile-contract/packages writes.
import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    kotlin("jvm") version "2.4.0"
    kotlin("plugin.serialization") version "2.4.0"
    `java-library`
    `maven-publish`
}

group = "thuisloket"

repositories { mavenCentral() }

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
    api("org.jetbrains.kotlinx:kotlinx-serialization-json:1.9.0")
}

java {
    sourceCompatibility = JavaVersion.VERSION_11
    targetCompatibility = JavaVersion.VERSION_11
    withSourcesJar()
}

kotlin {
    compilerOptions { jvmTarget = JvmTarget.JVM_11 }
    // The example is run by the tests.
    sourceSets.test { kotlin.srcDir("examples") }
}

publishing { publications { create<MavenPublication>("citizen") { from(components["java"]) } } }

val run = { name: String, main: String ->
    tasks.register<JavaExec>(name) {
        classpath = sourceSets.test.get().runtimeClasspath
        mainClass = main
        // Java sends a request whose answer was lost once more by itself. It does no harm, as the key is the same; the tests count.
        jvmArgs("-Dsun.net.http.retryPost=false")
    }
}
run("firstHour", "thuisloket.citizen.example.FirstHourKt")
run("journey", "thuisloket.citizen.TestsKt")
