package dev.vat;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The code map of docs/design.md as rules, each with its reason. Who needs a new arrow changes the
/// table here and the one there together, or finds that the code belongs elsewhere.
final class ArchitectureTest {
  private static final JavaClasses VAT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.vat");

  private static final String[] JDK = {"java..", "javax..", "com.sun.."};

  /// What one package may use besides the JDK and itself.
  ///
  /// @param name below `dev.vat`
  /// @param may exact packages below `dev.vat`
  /// @param libraries package patterns of others
  private record Place(String name, List<String> may, List<String> libraries, String because) {
    String pattern() {
      return "dev.vat." + name;
    }

    ArchRule rule() {
      List<String> allowed = new ArrayList<>(List.of(JDK));
      allowed.add(pattern());
      may.forEach(other -> allowed.add("dev.vat." + other));
      allowed.addAll(libraries);
      return classes()
          .that()
          .resideInAPackage(pattern())
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(allowed.toArray(String[]::new))
                  .or(
                      are(
                          DescribedPredicate.describe(
                              "primitives", ArchitectureTest::isPrimitive))))
          .because(because);
    }
  }

  private static final List<Place> CODE_MAP =
      List.of(
          new Place(
              "project",
              List.of(),
              List.of(),
              "what a project is, and which names are hostile, must hold without any storage"),
          new Place(
              "progress",
              List.of(),
              List.of(),
              "whoever works reports through it, and nobody who works knows a screen"),
          new Place(
              "mhl",
              List.of("project"),
              List.of("com.dynatrace.hash4j.."),
              "a history is read the same wherever it lies, and says nothing of who asks"),
          new Place(
              "disk",
              List.of("mhl", "project", "progress"),
              List.of(),
              "placing files safely is the same whatever the reason to place them"),
          new Place(
              "archive",
              List.of("project"),
              List.of("org.apache.commons.compress..", "tools.jackson.core.."),
              "an archive is the same from whichever disk it is made and wherever it lies"),
          new Place(
              "cloud",
              List.of("progress"),
              List.of(),
              "the port to S3 promises what its users need, not what one library offers"),
          new Place(
              "cloud.s3",
              List.of("cloud", "progress"),
              List.of("software.amazon.awssdk..", "org.reactivestreams.."),
              "an implementation of the port knows nothing of who uses it"),
          new Place(
              "settings",
              List.of(),
              List.of(),
              "each package gets its own narrow record; nobody receives \"the config\", and settings"
                  + " know nobody"),
          new Place(
              "state",
              List.of("project"),
              List.of("org.sqlite.."),
              "what vat remembers is a cache: it decides nothing and reaches nothing outside"),
          new Place(
              "catalog",
              List.of("project"),
              List.of("tools.jackson.."),
              "which copies exist is a value: it looks at no drive and asks nobody"),
          new Place(
              "index",
              List.of("progress", "project"),
              List.of("org.sqlite..", "tools.jackson.core.."),
              "what was read in the copies is a cache that anybody may look into, and nobody's"
                  + " decision"),
          new Place(
              "cost",
              List.of(),
              List.of("tools.jackson.."),
              "a price is arithmetic on a dated table: it looks at nothing and asks nobody"),
          new Place(
              "account",
              List.of("cloud"),
              List.of("tools.jackson.."),
              "what an account is to be is compared as values: who asks S3 is behind the port"),
          new Place(
              "lifecycle",
              List.of(
                  "archive",
                  "catalog",
                  "cloud",
                  "disk",
                  "index",
                  "mhl",
                  "progress",
                  "project",
                  "state"),
              List.of(),
              "moving projects between the tiers never prints, asks or reads settings"),
          new Place(
              "staging",
              List.of("cloud", "disk", "project", "progress", "state"),
              List.of("tools.jackson.."),
              "sharing decides and moves, and never prints, asks or reads settings"),
          new Place(
              "report",
              List.of(
                  "account",
                  "catalog",
                  "cloud",
                  "disk",
                  "lifecycle",
                  "progress",
                  "project",
                  "settings",
                  "staging",
                  "state"),
              List.of(),
              "what is found out is told to the terminal and to the dashboard in the same words"),
          new Place(
              "sandbox",
              List.of(),
              List.of("org.eclipse.jetty..", "org.slf4j.."),
              "the server shares no code with the client, so that they cannot share a mistake"),
          new Place(
              "cli",
              List.of(
                  "account",
                  "archive",
                  "catalog",
                  "cloud",
                  "cost",
                  "disk",
                  "index",
                  "lifecycle",
                  "mhl",
                  "progress",
                  "project",
                  "report",
                  "sandbox",
                  "settings",
                  "staging",
                  "state"),
              List.of("picocli..", "tools.jackson.."),
              "commands use the ports; which implementation they get is wired in Main"));

  @TestFactory
  Stream<DynamicTest> each_package_uses_only_what_the_code_map_allows() {
    return CODE_MAP.stream()
        .map(place -> DynamicTest.dynamicTest(place.name(), () -> place.rule().check(VAT)));
  }

  @Test
  void every_package_is_in_the_code_map() {
    Set<String> there =
        VAT.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals("dev.vat"))
            .collect(toCollection(TreeSet::new));
    Set<String> mapped = CODE_MAP.stream().map(Place::pattern).collect(toCollection(TreeSet::new));
    assertThat(there).isEqualTo(mapped);
  }

  @Test
  void packages_form_no_cycles() {
    slices()
        .matching("dev.vat.(**)")
        .should()
        .beFreeOfCycles()
        .because("what depends on each other in a ring can only be understood all at once")
        .check(VAT);
  }

  @Test
  void nothing_uses_the_root_package() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.vat")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.vat")
        .because("Main wires everything, so nothing may need Main")
        .check(VAT);
  }

  @Test
  void each_library_stays_in_its_place() {
    onlyIn(
        "software.amazon.awssdk..",
        "the port is all that the others know of S3",
        "dev.vat.cloud.s3");
    onlyIn("picocli..", "no other package may be shaped by the command line", "dev.vat.cli");
    String own = "how vat remembers is its own business";
    onlyIn("org.sqlite..", own, "dev.vat.state", "dev.vat.index");
    onlyIn("java.sql..", own, "dev.vat.state", "dev.vat.index");
    onlyIn("com.dynatrace.hash4j..", "whose xxHash it is changes in one place", "dev.vat.mhl");
    onlyIn(
        "org.apache.commons.compress..",
        "what others write into a tar is met in one place, where nothing is believed",
        "dev.vat.archive");
    onlyIn(
        "org.eclipse.jetty..",
        "servers only; the client side has no server parts",
        "dev.vat.sandbox");
  }

  private static void onlyIn(String library, String because, String... places) {
    noClasses()
        .that(resideInAPackage("dev.vat..").and(not(resideInAnyPackage(places))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(because)
        .check(VAT);
  }

  @Test
  void the_terminal_and_the_process_belong_to_the_root_package() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.vat")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("commands run in tests, in one process, on streams that the test holds")
        .check(VAT);
  }

  @Test
  void only_main_reads_the_wall_clock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("reads the wall clock", ArchitectureTest::readsWallClock))
        .because("times decide nothing here that a test cannot move: an InstantSource is handed in")
        .check(VAT);
  }

  private static final Set<String> TELL_NOW =
      Stream.of(
              Instant.class,
              LocalDate.class,
              LocalDateTime.class,
              LocalTime.class,
              OffsetDateTime.class,
              Year.class,
              YearMonth.class,
              ZonedDateTime.class)
          .map(Class::getName)
          .collect(toCollection(TreeSet::new));

  /// `now(Clock)` reads the clock that it is given.
  private static boolean readsWallClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    if (owner.equals(System.class.getName())) {
      return name.equals("currentTimeMillis");
    }
    if (owner.equals(Clock.class.getName()) || owner.equals(InstantSource.class.getName())) {
      return name.startsWith("system") || name.startsWith("tick") && !takesClock(access);
    }
    if (owner.equals("java.util.Date")) {
      return name.equals("<init>") && parameters(access).isEmpty();
    }
    return name.equals("now") && TELL_NOW.contains(owner) && !takesClock(access);
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return parameters(access).contains(Clock.class.getName());
  }

  private static List<String> parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget called
        ? called.getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }

  @Test
  void there_is_no_static_mutable_state() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(resideInAPackage("java.util.concurrent.atomic"))
        .because("two runs in one process must not meet: tests and the sandbox run side by side")
        .check(VAT);
  }

  @Test
  void no_name_says_nothing() {
    String empty = "(?i).*(util|common|helper|manager).*";
    noClasses()
        .should(
            be(
                DescribedPredicate.describe(
                    "named util, common, helper or manager",
                    type ->
                        nameMatching(empty).test(type) || type.getPackageName().matches(empty))))
        .because("such a name takes in everything, and tells a reader nothing")
        .check(VAT);
  }

  private static boolean isPrimitive(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive() || base.getName().equals("void");
  }
}
