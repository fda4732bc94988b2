package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/// What runs without picocli when nothing is typed behind its name is what picocli would have made.
final class RunsAsMadeTest {
  @TestFactory
  Stream<DynamicTest> a_command_that_runs_as_made_has_what_picocli_sets_when_no_word_is_typed() {
    return CommandList.standard().all().stream()
        .filter(entry -> entry.factory().get() instanceof RunsAsMade)
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(),
                    () -> {
                      Object parsed = entry.factory().get();
                      new CommandLine(parsed).parseArgs();

                      assertThat(values("", entry.factory().get()))
                          .isEqualTo(values("", parsed))
                          .containsKey("output.color");
                    }));
  }

  @Test
  void the_commands_that_are_typed_most_often_without_a_word_are_among_them() {
    assertThat(CommandList.standard().all())
        .filteredOn(entry -> entry.factory().get() instanceof RunsAsMade)
        .extracting(CommandEntry::name)
        .contains("list", "manifest", "status", "drives");
  }

  private static Map<String, String> values(String prefix, Object of)
      throws IllegalAccessException {
    Map<String, String> values = new TreeMap<>();
    for (Field field : of.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        Object value = field.get(of);
        if (field.isAnnotationPresent(CommandLine.Mixin.class) && value != null) {
          values.putAll(values(prefix + field.getName() + ".", value));
        } else {
          values.put(prefix + field.getName(), String.valueOf(value));
        }
      }
    }
    return values;
  }
}
