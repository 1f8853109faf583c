### rules/spf
