### rules/zone
