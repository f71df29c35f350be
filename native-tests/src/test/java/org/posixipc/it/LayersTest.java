package org.posixipc.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** These tests see of the library what its users see. */
class LayersTest {
  @Test
  void nothingHereTouchesWhatIsNotExported() throws Exception {
    JavaClasses ours =
        new ClassFileImporter()
            .importPath(
                Path.of(
                    LayersTest.class.getProtectionDomain().getCodeSource().getLocation().toURI()));

    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.posixipc.internal..")
        .check(ours);
  }
}
