package org.posixipc.jmh;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants as options name them: {@code two-cores} for TWO_CORES. */
final class Words<E extends Enum<E>> implements ITypeConverter<E> {
  private final Map<String, E> constants = new LinkedHashMap<>();

  Words(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      constants.put(of(constant), constant);
    }
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public E convert(String word) {
    E constant = constants.get(word);
    if (constant == null) {
      throw new TypeConversionException("'" + word + "' is none of " + constants.keySet());
    }
    return constant;
  }
}
