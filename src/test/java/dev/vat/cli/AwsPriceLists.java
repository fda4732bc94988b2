package dev.vat.cli;

/// Price lists in the shape of AWS's bulk API, with prices of their own.
final class AwsPriceLists {
  static final String EMPTY =
      """
      {"formatVersion": "v1.0", "publicationDate": "2026-11-20T00:00:00Z", "products": {},
       "terms": {"OnDemand": {}, "Reserved": {"X": {"Y": [1, {"z": 2}]}}}}
      """;

  static final String S3 =
      """
      {"formatVersion": "v1.0", "disclaimer": "…", "offerCode": "AmazonS3",
       "publicationDate": "2026-11-20T00:00:00Z",
       "products": {
         "AAA": {"sku": "AAA", "productFamily": "Storage",
           "attributes": {"usagetype": "EU-TimedStorage-ByteHrs", "operation": ""}},
         "BBB": {"sku": "BBB", "productFamily": "Storage",
           "attributes": {"usagetype": "EU-TimedStorage-RRS-ByteHrs", "operation": ""}},
         "CCC": {"sku": "CCC", "productFamily": "API Request",
           "attributes": {"usagetype": "EU-Requests-Tier1", "operation": ""}}},
       "terms": {"OnDemand": {
         "AAA": {"AAA.JRT": {"offerTermCode": "JRT", "sku": "AAA", "priceDimensions": {
           "AAA.JRT.2": {"unit": "GB-Mo", "beginRange": "51200", "endRange": "Inf",
             "pricePerUnit": {"USD": "0.0290000000"}},
           "AAA.JRT.1": {"unit": "GB-Mo", "beginRange": "0", "endRange": "51200",
             "pricePerUnit": {"USD": "0.0300000000"}}}}},
         "BBB": {"BBB.JRT": {"priceDimensions": {"x": {"unit": "GB-Mo", "beginRange": "0",
           "endRange": "Inf", "pricePerUnit": {"USD": "9.0"}}}}},
         "CCC": {"CCC.JRT": {"priceDimensions": {"x": {"unit": "Requests", "beginRange": "0",
           "endRange": "Inf", "pricePerUnit": {"USD": "0.0000060000"}}}}}}}}
      """;

  private AwsPriceLists() {}
}
