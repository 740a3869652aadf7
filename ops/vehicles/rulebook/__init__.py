"""规则依据与取值: what the rules of vehicles say from which day on; later versions are added."""
