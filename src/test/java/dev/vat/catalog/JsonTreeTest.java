package dev.vat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reading and writing trees beside what Jackson's own mapper does.
final class JsonTreeTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void random_trees_are_read_and_written_as_the_mapper_does() {
    for (int seed = 0; seed < 300; seed++) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      fill(tree, new SplittableRandom(seed), 4);
      String text = MAPPER.writeValueAsString(tree);

      assertThat(written(tree)).as("seed %d", seed).isEqualTo(text + "\n");
      assertThat(read(text)).as("seed %d", seed).isEqualTo(MAPPER.readTree(text));
      assertThat(written(read(text))).as("seed %d", seed).isEqualTo(text + "\n");
    }
  }

  private static void fill(ObjectNode object, SplittableRandom random, int depth) {
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = "member \"" + random.nextInt(9) + "\" ä";
      switch (random.nextInt(depth == 0 ? 7 : 9)) {
        case 0 -> object.put(name, random.nextInt());
        case 1 -> object.put(name, random.nextLong());
        case 2 -> object.put(name, random.nextDouble());
        case 3 -> object.put(name, random.nextBoolean());
        case 4 -> object.putNull(name);
        case 5 -> object.put(name, "text\n\u0001 " + Character.toString(0x1f3a5));
        case 6 -> object.put(name, new java.math.BigInteger("123456789012345678901234567890"));
        case 7 -> fill(object.putObject(name), random, depth - 1);
        default -> {
          ArrayNode array = object.putArray(name);
          for (int k = random.nextInt(3); k > 0; k--) {
            array.add(k);
            fill(array.addObject(), random, depth - 1);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\":}", "[1,", "{} {}", "nul", "{\"a\" 1}", "]", "1 2"})
  void what_is_no_JSON_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void nesting_without_end_is_refused_before_it_overflows_the_stack() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000))).isInstanceOf(JacksonException.class);
  }

  @Test
  void of_two_members_with_one_name_the_last_counts() {
    assertThat(read("{\"a\":1,\"a\":2}").path("a").intValue()).isEqualTo(2);
  }

  private static String written(JsonNode tree) {
    return new String(JsonTree.write(tree), UTF_8);
  }

  private static JsonNode read(String text) {
    return JsonTree.read(text.getBytes(UTF_8));
  }
}
