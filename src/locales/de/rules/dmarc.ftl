### rules/dmarc
