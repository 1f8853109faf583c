### rules/dkim
