package dev.vat.cost;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A price book's JSON.
final class PriceBookCodec {
  static final String SCHEMA = "vat.prices/1";
  private static final int MOST_BYTES = 4 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private PriceBookCodec() {}

  static PriceBook read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new PriceBookException(name, "it is far too long", null);
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new PriceBookException(name, "it is no JSON (" + e.getOriginalMessage() + ")", e);
    }
    if (!SCHEMA.equals(tree.path("schema").stringValue(""))) {
      throw new PriceBookException(name, "its \"schema\" is not \"" + SCHEMA + "\"", null);
    }
    try {
      Map<String, Map<PriceItem, Rate>> regions = new HashMap<>();
      for (Map.Entry<String, JsonNode> region : tree.path("regions").properties()) {
        regions.put(region.getKey(), rates(region.getValue()));
      }
      return new PriceBook(regions);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new PriceBookException(name, e.getMessage(), e);
    }
  }

  private static Map<PriceItem, Rate> rates(JsonNode region) {
    Map<PriceItem, Rate> rates = new HashMap<>();
    for (PriceItem item : PriceItem.known()) {
      JsonNode steps = region.path(item.kind().word()).path(item.of());
      if (!steps.isMissingNode()) {
        try {
          rates.put(item, rate(steps));
        } catch (IllegalArgumentException | DateTimeException e) {
          throw new IllegalArgumentException(item + ": " + e.getMessage(), e);
        }
      }
    }
    return rates;
  }

  private static Rate rate(JsonNode steps) {
    List<Rate.Step> read = new ArrayList<>();
    for (JsonNode step : steps) {
      String usd = step.path("usd").stringValue("");
      if (!usd.matches("[0-9]{1,6}(\\.[0-9]{1,12})?")) {
        throw new IllegalArgumentException("\"usd\" is no price, such as \"0.023\"");
      }
      Optional<BigDecimal> to =
          step.has("to_gb")
              ? Optional.of(BigDecimal.valueOf(step.path("to_gb").longValue(0)))
              : Optional.empty();
      Optional<YearMonth> asOf =
          step.has("as_of")
              ? Optional.of(YearMonth.parse(step.path("as_of").stringValue("")))
              : Optional.empty();
      read.add(new Rate.Step(to, new BigDecimal(usd), asOf));
    }
    return new Rate(read);
  }

  static String write(SortedMap<String, Map<PriceItem, Rate>> regions, String sources) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    regions.forEach((region, rates) -> all.set(region, prices(rates, sources)));
    ObjectNode book =
        JsonNodeFactory.instance.objectNode().put("schema", SCHEMA).put("currency", "USD");
    book.set("regions", all);
    return MAPPER.writeValueAsString(book) + "\n";
  }

  private static ObjectNode prices(Map<PriceItem, Rate> rates, String sources) {
    ObjectNode prices = JsonNodeFactory.instance.objectNode().put("sources", sources);
    for (PriceItem item : PriceItem.known()) {
      Rate rate = rates.get(item);
      if (rate != null) {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        rate.steps().forEach(step -> steps.add(node(step)));
        String kind = item.kind().word();
        if (!prices.has(kind)) {
          prices.set(kind, JsonNodeFactory.instance.objectNode());
        }
        ((ObjectNode) prices.get(kind)).set(item.of(), steps);
      }
    }
    return prices;
  }

  private static ObjectNode node(Rate.Step step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    step.to().ifPresent(end -> node.put("to_gb", end.longValueExact()));
    node.put("usd", step.usd().toPlainString());
    step.asOf().ifPresent(date -> node.put("as_of", date.toString()));
    return node;
  }
}
