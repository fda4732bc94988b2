package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

final class PriceListTest {
  private static final String DEEP =
      """
      {"publicationDate": "2026-11-20T00:00:00Z", "products": {
         "A": {"attributes": {"usagetype": "APS1-TimedStorage-GDA-ByteHrs", "operation": ""}},
         "B": {"attributes": {"usagetype": "APS1-Requests-GDA-Tier1", "operation": "PutObject"}},
         "C": {"attributes": {"usagetype": "APS1-Requests-GDA-Tier1",
           "operation": "InitiateMultipartUpload"}}},
       "terms": {"OnDemand": {
         "A": {"t": {"priceDimensions": {"p": {"beginRange": "0",
           "pricePerUnit": {"USD": "0.0021"}}}}},
         "C": {"t": {"priceDimensions": {"p": {"beginRange": "0",
           "pricePerUnit": {"USD": "0.000005"}}}}},
         "B": {"t": {"priceDimensions": {"p": {"beginRange": "0",
           "pricePerUnit": {"USD": "0.000066"}}}}}}}}
      """;

  private static PriceBook read(String list, String service) throws IOException {
    return PriceList.read(
        new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), service, "ap-southeast-1");
  }

  @Test
  void what_aws_says_replaces_what_nobody_confirmed() throws IOException {
    Prices prices =
        PriceBook.shipped()
            .overlaidBy(read(DEEP, "AmazonS3GlacierDeepArchive"))
            .in("ap-southeast-1")
            .orElseThrow();

    Amount storage = prices.storage(PricedClass.DEEP_ARCHIVE, 1000 * Prices.GB, 0);
    assertThat(storage.usd()).isEqualByComparingTo("2.1");
    assertThat(storage.confirmed()).isTrue();
    assertThat(storage.oldest()).contains(YearMonth.of(2026, 11));
    assertThat(prices.puts(PricedClass.DEEP_ARCHIVE, 1000).usd()).isEqualByComparingTo("0.066");
  }

  @Test
  void what_was_read_can_be_written_and_read_again() throws IOException {
    PriceBook book = PriceBook.shipped().overlaidBy(read(DEEP, "AmazonS3GlacierDeepArchive"));
    PriceBook again =
        PriceBook.read(
            new ByteArrayInputStream(book.json("a test").getBytes(StandardCharsets.UTF_8)), "it");
    assertThat(again.json("a test")).isEqualTo(book.json("a test"));
    assertThat(again.missing("ap-southeast-1")).isEmpty();
  }

  @Test
  void what_is_no_price_list_is_refused_and_named() {
    for (String bad :
        new String[] {
          "",
          "[]",
          "{\"products\": 3}",
          "{\"products\": {\"A\": ",
          "{\"terms\": []}",
          DEEP.replace("0.0021", "cheap"),
          DEEP.replace("2026-11-20T00:00:00Z", "20")
        }) {
      assertThatThrownBy(() -> read(bad, "AmazonS3GlacierDeepArchive"))
          .as(bad)
          .isInstanceOf(PriceBookException.class)
          .hasMessageContaining("AWS's price list of AmazonS3GlacierDeepArchive cannot be used");
    }
  }
}
