package io.magpie.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** Who may import whom. */
@AnalyzeClasses(packages = "io.magpie", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
  private static final String[] PLATFORM = {
    "protocol",
    "gateway",
    "http",
    "stream",
    "fanout",
    "redis",
    "cluster",
    "storage",
    "job",
    "access",
    "operation",
    "fault"
  };

  private static String[] platform() {
    return Arrays.stream(PLATFORM).map(name -> "io.magpie." + name + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> feature() {
    return JavaClass.Predicates.resideInAPackage("io.magpie..")
        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(platform())))
        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.magpie.app..")))
        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.magpie")))
        .as("features");
  }

  @ArchTest
  static final ArchRule platform_packages_know_no_feature =
      noClasses().that().resideInAnyPackage(platform()).should().dependOnClassesThat(feature());

  @ArchTest
  static final ArchRule only_the_composition_root_imports_everything =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.magpie.app..")
          .and()
          .doNotHaveFullyQualifiedName("io.magpie.Main")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.magpie.app..");

  @ArchTest
  static final ArchRule the_protocol_is_pure =
      noClasses()
          .that()
          .resideInAPackage("io.magpie.protocol..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("io.magpie..")
                  .and(
                      DescribedPredicate.not(
                          JavaClass.Predicates.resideInAPackage("io.magpie.protocol.."))))
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.magpie.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobody_imports_the_inside_of_vertx =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.vertx..impl..");

  @ArchTest
  static final ArchRule hazelcast_is_known_to_the_cluster_package_only =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.magpie.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule nothing_that_people_wait_for_goes_over_the_event_bus =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.magpie.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core.eventbus..", "io.vertx.core.shareddata..");

  @ArchTest
  static final ArchRule one_way_to_log =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.apache.logging..");

  @ArchTest
  static final ArchRule only_the_composition_root_writes_to_the_console =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.magpie.app..")
          .and()
          .doNotHaveFullyQualifiedName("io.magpie.Main")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule time_comes_from_a_clock =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.magpie.app..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now");

  @ArchTest
  static final ArchRule names_say_what_a_class_does =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameStartingWith("Base")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  @ArchTest
  static final ArchRule every_package_says_what_it_is_for =
      classes()
          .that()
          .resideInAPackage("io.magpie.*..")
          .and()
          .areTopLevelClasses()
          .should(standInAPackageWithADescription());

  private static ArchCondition<JavaClass> standInAPackageWithADescription() {
    return new ArchCondition<>("stand in a package with package-info.java") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        JavaPackage place = item.getPackage();
        boolean described =
            Files.exists(
                Path.of("src/main/java", place.getName().replace('.', '/'), "package-info.java"));
        if (!described) {
          events.add(SimpleConditionEvent.violated(item, place.getName() + " is not described"));
        }
      }
    };
  }
}
