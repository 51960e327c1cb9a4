// Qui fait un produit, et avec qui (Who makes a product, and with whom)
// Changez le nom. With a person comes the employer, with a company its people.
// parameters: none
// columns: maker, made, product, job, colleague
WITH 'Le Chat' AS product_name
MATCH (maker:Entity)-[made:DEVELOPS|WORKED_ON|LEADS|FOUNDED]->(product:Product)
WHERE product.name = product_name AND made.status <> 'denied'
OPTIONAL MATCH (maker)-[job:FOUNDED|LEADS|WORKED_AT|HIRED_BY]-(colleague:Entity)
WHERE colleague.kind IN ['Person', 'Company'] AND job.status <> 'denied'
RETURN maker, made, product, job, colleague
ORDER BY made.sources DESC, maker.name, type(job), colleague.name
LIMIT 100
