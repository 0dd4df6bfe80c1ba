rootProject.name = "citizen"
