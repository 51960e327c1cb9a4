// Investissements et rachats au-dessus d'un montant (Investments and takeovers above an amount)
// Changez le montant et les monnaies. Amounts are not converted from one currency to another.
// parameters: none
// columns: investor, deal, target, millions, currency, status, sources, first_reported
WITH 1000000000 AS at_least, ['USD', 'EUR'] AS currencies
MATCH (investor:Entity)-[deal:INVESTED_IN|ACQUIRED]->(target:Entity)
WHERE deal.amount_value >= at_least AND deal.amount_currency IN currencies
RETURN investor, deal, target,
  deal.amount_value / 1000000 AS millions,
  deal.amount_currency AS currency,
  deal.status AS status,
  deal.sources AS sources,
  deal.first_reported AS first_reported
ORDER BY millions DESC
LIMIT 150
