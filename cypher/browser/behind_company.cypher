// Qui est derrière une entreprise (Who is behind a company)
// Fondateurs, dirigeants, investisseurs, propriétaires. Founders, leaders, investors, owners.
// parameters: none
// columns: who, fact, company, role, millions, currency, status
WITH 'Mistral AI' AS company_name
MATCH (who:Entity)-[fact:FOUNDED|LEADS|INVESTED_IN|ACQUIRED]->(company:Entity)
WHERE company.name = company_name
RETURN who, fact, company, fact.role AS role,
  fact.amount_value / 1000000 AS millions,
  fact.amount_currency AS currency,
  fact.status AS status
ORDER BY type(fact), who.name
LIMIT 150
