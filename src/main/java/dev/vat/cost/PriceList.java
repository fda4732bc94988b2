package dev.vat.cost;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// AWS's own price lists, as its bulk API publishes them for one service and region: read as a
/// stream, for they are big, and only for what vat needs.
///
/// Source: AWS Price List Bulk API, "Reading the service price list file"; usage types by the S3
/// User Guide's "Understanding your AWS billing and usage reports for Amazon S3".
public final class PriceList {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// The lists that hold what vat needs: AWS's codes of services.
  public static final List<String> SERVICES =
      List.of("AmazonS3", "AmazonS3GlacierDeepArchive", "AmazonGlacier", "AWSDataTransfer");

  /// A usage type begins with its region's own letters, but in us-east-1.
  private static final Pattern USAGE = Pattern.compile("(?:[A-Z]{2,3}[0-9]?-)?(.+)");

  private static final Map<String, Map<String, PriceItem>> WANTED =
      Map.of(
          "AmazonS3",
          Map.of(
              "TimedStorage-ByteHrs", storage(PricedClass.STANDARD),
              "TimedStorage-SIA-ByteHrs", storage(PricedClass.STANDARD_IA),
              "TimedStorage-GIR-ByteHrs", storage(PricedClass.GLACIER_IR),
              "Requests-Tier1", item(PriceItem.Kind.PUT_1000, PricedClass.STANDARD),
              "Requests-Tier2", item(PriceItem.Kind.GET_1000, PricedClass.STANDARD),
              "Requests-SIA-Tier1", item(PriceItem.Kind.PUT_1000, PricedClass.STANDARD_IA),
              "Requests-SIA-Tier2", item(PriceItem.Kind.GET_1000, PricedClass.STANDARD_IA),
              "Requests-GIR-Tier1", item(PriceItem.Kind.PUT_1000, PricedClass.GLACIER_IR),
              "Requests-GIR-Tier2", item(PriceItem.Kind.GET_1000, PricedClass.GLACIER_IR)),
          "AmazonS3GlacierDeepArchive",
          Map.of(
              "TimedStorage-GDA-ByteHrs", storage(PricedClass.DEEP_ARCHIVE),
              "Requests-GDA-Tier1", item(PriceItem.Kind.PUT_1000, PricedClass.DEEP_ARCHIVE),
              "Requests-GDA-Tier3",
                  thaw(PriceItem.Kind.RETRIEVAL_1000, PricedClass.DEEP_ARCHIVE, ThawSpeed.STANDARD),
              "Requests-GDA-Tier5",
                  thaw(PriceItem.Kind.RETRIEVAL_1000, PricedClass.DEEP_ARCHIVE, ThawSpeed.BULK),
              "Standard-Retrieval-Bytes",
                  thaw(PriceItem.Kind.RETRIEVAL_GB, PricedClass.DEEP_ARCHIVE, ThawSpeed.STANDARD),
              "Bulk-Retrieval-Bytes",
                  thaw(PriceItem.Kind.RETRIEVAL_GB, PricedClass.DEEP_ARCHIVE, ThawSpeed.BULK)),
          "AmazonGlacier",
          Map.of(
              "TimedStorage-ByteHrs", storage(PricedClass.GLACIER),
              "TimedStorage-GlacierByteHrs", storage(PricedClass.GLACIER),
              "Expedited-Retrieval-Bytes",
                  thaw(PriceItem.Kind.RETRIEVAL_GB, PricedClass.GLACIER, ThawSpeed.EXPEDITED),
              "Standard-Retrieval-Bytes",
                  thaw(PriceItem.Kind.RETRIEVAL_GB, PricedClass.GLACIER, ThawSpeed.STANDARD),
              "Bulk-Retrieval-Bytes",
                  thaw(PriceItem.Kind.RETRIEVAL_GB, PricedClass.GLACIER, ThawSpeed.BULK)),
          "AWSDataTransfer",
          Map.of("DataTransfer-Out-Bytes", PriceItem.DOWNLOAD));

  private final Map<String, PriceItem> wanted;
  private final Map<String, PriceItem> bySku = new HashMap<>();
  private final Map<PriceItem, Rate> rates = new HashMap<>();
  private Optional<YearMonth> published = Optional.empty();

  private PriceList(String service) {
    this.wanted = WANTED.get(service);
  }

  private static PriceItem storage(PricedClass of) {
    return item(PriceItem.Kind.STORAGE_GB_MONTH, of);
  }

  private static PriceItem item(PriceItem.Kind kind, PricedClass of) {
    return PriceItem.of(kind, of);
  }

  private static PriceItem thaw(PriceItem.Kind kind, PricedClass of, ThawSpeed speed) {
    return PriceItem.of(kind, of, speed);
  }

  /// Reads a list.
  ///
  /// @param service one of [#SERVICES]
  /// @param region whose list it is
  /// @return what of the price book is in it, dated
  /// @throws PriceBookException when it is no price list, or has another shape than it had
  public static PriceBook read(InputStream in, String service, String region) throws IOException {
    PriceList list = new PriceList(service);
    try (JsonParser json = MAPPER.createParser(in)) {
      list.read(json);
    } catch (JacksonException e) {
      throw new PriceBookException(
          "AWS's price list of " + service, "it is no JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new PriceBookException("AWS's price list of " + service, e.getMessage(), e);
    }
    return new PriceBook(Map.of(region, list.rates));
  }

  private void read(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is no price list");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "publicationDate" ->
            published = Optional.of(YearMonth.from(OffsetDateTime.parse(json.getString())));
        case "products" -> each(json, (sku, it) -> product(sku, it.readValueAsTree()));
        case "terms" -> each(json, this::terms);
        default -> skip(json, value);
      }
    }
  }

  private interface Member {
    void read(String name, JsonParser json);
  }

  /// The parser stands at the begin of an object, and then at its end.
  private static void each(JsonParser json, Member member) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it has another shape than price lists had");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      member.read(name, json);
    }
  }

  private static void skip(JsonParser json, JsonToken value) {
    if (value.isStructStart()) {
      json.skipChildren();
    }
  }

  private void product(String sku, JsonNode product) {
    Matcher usage = USAGE.matcher(product.path("attributes").path("usagetype").stringValue(""));
    if (usage.matches() && wanted.containsKey(usage.group(1))) {
      PriceItem item = wanted.get(usage.group(1));
      String operation = product.path("attributes").path("operation").stringValue("");
      boolean puts = item.kind() == PriceItem.Kind.PUT_1000 && item.of().equals("DEEP_ARCHIVE");
      // The same usage type has a lower price for the requests that begin an upload in parts.
      if (!puts || operation.equals("PutObject")) {
        bySku.put(sku, item);
      }
    }
  }

  private void terms(String kind, JsonParser json) {
    if (!kind.equals("OnDemand")) {
      skip(json, json.currentToken());
      return;
    }
    each(
        json,
        (sku, it) -> {
          PriceItem item = bySku.get(sku);
          if (item == null) {
            skip(it, it.currentToken());
          } else {
            rates.put(item, rate(item, it.readValueAsTree()));
          }
        });
  }

  private record Tier(BigDecimal begin, BigDecimal usd) {}

  private Rate rate(PriceItem item, JsonNode offers) {
    List<Tier> tiers = new ArrayList<>();
    for (JsonNode offer : offers) {
      for (JsonNode price : offer.path("priceDimensions")) {
        BigDecimal usd = new BigDecimal(price.path("pricePerUnit").path("USD").stringValue(""));
        boolean perThousand = item.kind().word().endsWith("_1000");
        tiers.add(
            new Tier(
                new BigDecimal(price.path("beginRange").stringValue("0")),
                perThousand ? usd.movePointRight(3) : usd));
      }
    }
    tiers.sort(Comparator.comparing(Tier::begin));
    List<Rate.Step> steps = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      Optional<BigDecimal> end =
          i + 1 < tiers.size() ? Optional.of(tiers.get(i + 1).begin()) : Optional.empty();
      steps.add(new Rate.Step(end, tiers.get(i).usd().stripTrailingZeros(), published));
    }
    return new Rate(steps);
  }
}
