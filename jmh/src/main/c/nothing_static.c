/* What a child costs that does nothing: no dynamic linker, no work. */
int main(void) {
    return 0;
}
