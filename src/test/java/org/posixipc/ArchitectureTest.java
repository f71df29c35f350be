package org.posixipc;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.lang.ArchRule;
import jnr.ffi.Platform;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.LibraryClasses;

/** The rooms of the house, and what each may touch. */
class ArchitectureTest {
  private static final String API = "org.posixipc";
  private static final String LIBC = "org.posixipc.libc..";
  private static final String ABI = "org.posixipc.internal.abi..";
  private static final String SERVER = "org.posixipc.server..";

  @Test
  void libcTouchesJnrAndTheJdkAlone() {
    check(roomTouches(LIBC, LIBC, "jnr.ffi..", "jnr.posix.."));
  }

  @Test
  void abiTouchesJnrConstantsAndTheJdkAlone() {
    check(roomTouches(ABI, ABI, "jnr.constants.."));
  }

  @Test
  void theApiTouchesTheRoomsBelowIt() {
    check(roomTouches(API, API, LIBC, ABI, "jnr.constants.."));
  }

  /** The names of errors are the API's too: PosixException gives them. */
  @Test
  void theServersTouchTheApiAndTheNamesOfErrorsAlone() {
    check(roomTouches(SERVER, SERVER, API, "jnr.constants.platform"));
  }

  @Test
  void thereAreNoOtherRooms() {
    check(classes().should().resideInAnyPackage(API, LIBC, ABI, SERVER));
  }

  @Test
  void onlyCheckTurnsAReturnCodeIntoAnException() {
    check(
        noClasses()
            .that(not(assignableTo(Check.class)))
            .should()
            .callConstructorWhere(target(owner(assignableTo(PosixException.class)))));
  }

  @Test
  void onlyAbiAndTheChoiceOfLibcAskWhichSystemThisIs() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(LIBC, ABI)
            .should()
            .dependOnClassesThat(assignableTo(Platform.class)));
  }

  @Test
  void noVisibleMethodShowsWhatIsInternal() {
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat(resideInAPackage(API))
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAPackage(ABI))
            .orShould()
            .haveRawParameterTypes(anyElementThat(resideInAPackage(ABI))));
  }

  private static ArchRule roomTouches(String room, String... rooms) {
    String[] allowed = new String[rooms.length + 2];
    System.arraycopy(rooms, 0, allowed, 0, rooms.length);
    allowed[rooms.length] = "java..";
    allowed[rooms.length + 1] = "org.jspecify..";
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static void check(ArchRule rule) {
    rule.check(LibraryClasses.all());
  }
}
