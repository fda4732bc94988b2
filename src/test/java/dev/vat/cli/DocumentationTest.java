package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documentation can be caught at: commands, settings and exit codes that it leaves out,
/// classes that it names and nobody has, links that lead nowhere.
final class DocumentationTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @Test
  void the_readme_names_every_command_older_name_and_exit_code() throws Exception {
    String readme = read(ROOT.resolve("README.md"));
    for (CommandEntry entry : CommandList.standard().all()) {
      assertThat(readme).containsPattern("`" + entry.name() + "[` ]");
      entry.aliases().stream()
          .filter(alias -> alias.indexOf('_') < 0)
          .forEach(alias -> assertThat(readme).contains("`" + alias + "`"));
    }
    String codes = readme.substring(readme.indexOf("### Exit codes"));
    for (ExitCode code : ExitCode.values()) {
      assertThat(codes).containsPattern("\\b" + code.number() + "\\b");
    }
  }

  @Test
  void the_design_names_every_setting() throws Exception {
    String design = read(ROOT.resolve("docs/design.md"));
    for (Setting setting : Setting.values()) {
      assertThat(design).contains("`" + setting.key() + "`");
    }
  }

  @Test
  void every_class_that_the_documentation_names_is_there() throws Exception {
    Set<String> classes;
    try (Stream<Path> sources = Files.walk(ROOT.resolve("src"))) {
      classes =
          sources
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    List<String> unknown =
        Stream.of("docs/invariants.md", "docs/formats.md", "CONTRIBUTING.md")
            .flatMap(file -> found("`(?:[a-z0-9]+\\.)*([A-Z][a-z]+[A-Z][A-Za-z0-9]+)[#.`]", file))
            .filter(name -> !name.equals("MoveFileExW"))
            .filter(name -> !classes.contains(name))
            .toList();
    assertThat(unknown).isEmpty();
  }

  private static Stream<String> found(String pattern, String file) {
    return Pattern.compile(pattern)
        .matcher(read(ROOT.resolve(file)))
        .results()
        .map(result -> result.group(1));
  }

  @Test
  void every_link_between_the_documents_leads_somewhere() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path file : documents()) {
      for (MatchResult link :
          Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)")
              .matcher(read(file))
              .results()
              .toList()) {
        Path target =
            link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)
            || link.group(2) != null && !headings(target).contains(link.group(2))) {
          broken.add(ROOT.relativize(file) + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }

  /// As GitHub makes anchors of headings.
  private static Set<String> headings(Path file) {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(read(file))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
