// node_modules/@lit/reactive-element/css-tag.js
var e = globalThis, t = e.ShadowRoot && (e.ShadyCSS === void 0 || e.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, n = Symbol(), r = /* @__PURE__ */ new WeakMap(), i = class {
	constructor(e, t, r) {
		if (this._$cssResult$ = !0, r !== n) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
		this.cssText = e, this.t = t;
	}
	get styleSheet() {
		let e = this.o, n = this.t;
		if (t && e === void 0) {
			let t = n !== void 0 && n.length === 1;
			t && (e = r.get(n)), e === void 0 && ((this.o = e = new CSSStyleSheet()).replaceSync(this.cssText), t && r.set(n, e));
		}
		return e;
	}
	toString() {
		return this.cssText;
	}
}, a = (e) => new i(typeof e == "string" ? e : e + "", void 0, n), o = (e, ...t) => new i(e.length === 1 ? e[0] : t.reduce((t, n, r) => t + ((e) => {
	if (!0 === e._$cssResult$) return e.cssText;
	if (typeof e == "number") return e;
	throw Error("Value passed to 'css' function must be a 'css' function result: " + e + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
})(n) + e[r + 1], e[0]), e, n), s = (n, r) => {
	if (t) n.adoptedStyleSheets = r.map((e) => e instanceof CSSStyleSheet ? e : e.styleSheet);
	else for (let t of r) {
		let r = document.createElement("style"), i = e.litNonce;
		i !== void 0 && r.setAttribute("nonce", i), r.textContent = t.cssText, n.appendChild(r);
	}
}, c = t ? (e) => e : (e) => e instanceof CSSStyleSheet ? ((e) => {
	let t = "";
	for (let n of e.cssRules) t += n.cssText;
	return a(t);
})(e) : e, { is: l, defineProperty: u, getOwnPropertyDescriptor: d, getOwnPropertyNames: f, getOwnPropertySymbols: p, getPrototypeOf: m } = Object, h = globalThis, ee = h.trustedTypes, te = ee ? ee.emptyScript : "", ne = h.reactiveElementPolyfillSupport, g = (e, t) => e, _ = {
	toAttribute(e, t) {
		switch (t) {
			case Boolean:
				e = e ? te : null;
				break;
			case Object:
			case Array: e = e == null ? e : JSON.stringify(e);
		}
		return e;
	},
	fromAttribute(e, t) {
		let n = e;
		switch (t) {
			case Boolean:
				n = e !== null;
				break;
			case Number:
				n = e === null ? null : Number(e);
				break;
			case Object:
			case Array: try {
				n = JSON.parse(e);
			} catch {
				n = null;
			}
		}
		return n;
	}
}, re = (e, t) => !l(e, t), ie = {
	attribute: !0,
	type: String,
	converter: _,
	reflect: !1,
	useDefault: !1,
	hasChanged: re
};
Symbol.metadata ??= Symbol("metadata"), h.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
var v = class extends HTMLElement {
	static addInitializer(e) {
		this._$Ei(), (this.l ??= []).push(e);
	}
	static get observedAttributes() {
		return this.finalize(), this._$Eh && [...this._$Eh.keys()];
	}
	static createProperty(e, t = ie) {
		if (t.state && (t.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(e) && ((t = Object.create(t)).wrapped = !0), this.elementProperties.set(e, t), !t.noAccessor) {
			let n = Symbol(), r = this.getPropertyDescriptor(e, n, t);
			r !== void 0 && u(this.prototype, e, r);
		}
	}
	static getPropertyDescriptor(e, t, n) {
		let { get: r, set: i } = d(this.prototype, e) ?? {
			get() {
				return this[t];
			},
			set(e) {
				this[t] = e;
			}
		};
		return {
			get: r,
			set(t) {
				let a = r?.call(this);
				i?.call(this, t), this.requestUpdate(e, a, n);
			},
			configurable: !0,
			enumerable: !0
		};
	}
	static getPropertyOptions(e) {
		return this.elementProperties.get(e) ?? ie;
	}
	static _$Ei() {
		if (this.hasOwnProperty(g("elementProperties"))) return;
		let e = m(this);
		e.finalize(), e.l !== void 0 && (this.l = [...e.l]), this.elementProperties = new Map(e.elementProperties);
	}
	static finalize() {
		if (this.hasOwnProperty(g("finalized"))) return;
		if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(g("properties"))) {
			let e = this.properties, t = [...f(e), ...p(e)];
			for (let n of t) this.createProperty(n, e[n]);
		}
		let e = this[Symbol.metadata];
		if (e !== null) {
			let t = litPropertyMetadata.get(e);
			if (t !== void 0) for (let [e, n] of t) this.elementProperties.set(e, n);
		}
		this._$Eh = /* @__PURE__ */ new Map();
		for (let [e, t] of this.elementProperties) {
			let n = this._$Eu(e, t);
			n !== void 0 && this._$Eh.set(n, e);
		}
		this.elementStyles = this.finalizeStyles(this.styles);
	}
	static finalizeStyles(e) {
		let t = [];
		if (Array.isArray(e)) {
			let n = new Set(e.flat(1 / 0).reverse());
			for (let e of n) t.unshift(c(e));
		} else e !== void 0 && t.push(c(e));
		return t;
	}
	static _$Eu(e, t) {
		let n = t.attribute;
		return !1 === n ? void 0 : typeof n == "string" ? n : typeof e == "string" ? e.toLowerCase() : void 0;
	}
	constructor() {
		super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
	}
	_$Ev() {
		this._$ES = new Promise((e) => this.enableUpdating = e), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((e) => e(this));
	}
	addController(e) {
		(this._$EO ??= /* @__PURE__ */ new Set()).add(e), this.renderRoot !== void 0 && this.isConnected && e.hostConnected?.();
	}
	removeController(e) {
		this._$EO?.delete(e);
	}
	_$E_() {
		let e = /* @__PURE__ */ new Map(), t = this.constructor.elementProperties;
		for (let n of t.keys()) this.hasOwnProperty(n) && (e.set(n, this[n]), delete this[n]);
		e.size > 0 && (this._$Ep = e);
	}
	createRenderRoot() {
		let e = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
		return s(e, this.constructor.elementStyles), e;
	}
	connectedCallback() {
		this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((e) => e.hostConnected?.());
	}
	enableUpdating(e) {}
	disconnectedCallback() {
		this._$EO?.forEach((e) => e.hostDisconnected?.());
	}
	attributeChangedCallback(e, t, n) {
		this._$AK(e, n);
	}
	_$ET(e, t) {
		let n = this.constructor.elementProperties.get(e), r = this.constructor._$Eu(e, n);
		if (r !== void 0 && !0 === n.reflect) {
			let i = (n.converter?.toAttribute === void 0 ? _ : n.converter).toAttribute(t, n.type);
			this._$Em = e, i == null ? this.removeAttribute(r) : this.setAttribute(r, i), this._$Em = null;
		}
	}
	_$AK(e, t) {
		let n = this.constructor, r = n._$Eh.get(e);
		if (r !== void 0 && this._$Em !== r) {
			let e = n.getPropertyOptions(r), i = typeof e.converter == "function" ? { fromAttribute: e.converter } : e.converter?.fromAttribute === void 0 ? _ : e.converter;
			this._$Em = r;
			let a = i.fromAttribute(t, e.type);
			this[r] = a ?? this._$Ej?.get(r) ?? a, this._$Em = null;
		}
	}
	requestUpdate(e, t, n, r = !1, i) {
		if (e !== void 0) {
			let a = this.constructor;
			if (!1 === r && (i = this[e]), n ??= a.getPropertyOptions(e), !((n.hasChanged ?? re)(i, t) || n.useDefault && n.reflect && i === this._$Ej?.get(e) && !this.hasAttribute(a._$Eu(e, n)))) return;
			this.C(e, t, n);
		}
		!1 === this.isUpdatePending && (this._$ES = this._$EP());
	}
	C(e, t, { useDefault: n, reflect: r, wrapped: i }, a) {
		n && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(e) && (this._$Ej.set(e, a ?? t ?? this[e]), !0 !== i || a !== void 0) || (this._$AL.has(e) || (this.hasUpdated || n || (t = void 0), this._$AL.set(e, t)), !0 === r && this._$Em !== e && (this._$Eq ??= /* @__PURE__ */ new Set()).add(e));
	}
	async _$EP() {
		this.isUpdatePending = !0;
		try {
			await this._$ES;
		} catch (e) {
			Promise.reject(e);
		}
		let e = this.scheduleUpdate();
		return e != null && await e, !this.isUpdatePending;
	}
	scheduleUpdate() {
		return this.performUpdate();
	}
	performUpdate() {
		if (!this.isUpdatePending) return;
		if (!this.hasUpdated) {
			if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
				for (let [e, t] of this._$Ep) this[e] = t;
				this._$Ep = void 0;
			}
			let e = this.constructor.elementProperties;
			if (e.size > 0) for (let [t, n] of e) {
				let { wrapped: e } = n, r = this[t];
				!0 !== e || this._$AL.has(t) || r === void 0 || this.C(t, void 0, n, r);
			}
		}
		let e = !1, t = this._$AL;
		try {
			e = this.shouldUpdate(t), e ? (this.willUpdate(t), this._$EO?.forEach((e) => e.hostUpdate?.()), this.update(t)) : this._$EM();
		} catch (t) {
			throw e = !1, this._$EM(), t;
		}
		e && this._$AE(t);
	}
	willUpdate(e) {}
	_$AE(e) {
		this._$EO?.forEach((e) => e.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(e)), this.updated(e);
	}
	_$EM() {
		this._$AL = /* @__PURE__ */ new Map(), this.isUpdatePending = !1;
	}
	get updateComplete() {
		return this.getUpdateComplete();
	}
	getUpdateComplete() {
		return this._$ES;
	}
	shouldUpdate(e) {
		return !0;
	}
	update(e) {
		this._$Eq &&= this._$Eq.forEach((e) => this._$ET(e, this[e])), this._$EM();
	}
	updated(e) {}
	firstUpdated(e) {}
};
v.elementStyles = [], v.shadowRootOptions = { mode: "open" }, v[g("elementProperties")] = /* @__PURE__ */ new Map(), v[g("finalized")] = /* @__PURE__ */ new Map(), ne?.({ ReactiveElement: v }), (h.reactiveElementVersions ??= []).push("2.1.2");
// node_modules/lit-html/lit-html.js
var ae = globalThis, oe = (e) => e, y = ae.trustedTypes, se = y ? y.createPolicy("lit-html", { createHTML: (e) => e }) : void 0, b = "$lit$", x = `lit$${Math.random().toFixed(9).slice(2)}$`, S = "?" + x, ce = `<${S}>`, C = document, w = () => C.createComment(""), T = (e) => e === null || typeof e != "object" && typeof e != "function", E = Array.isArray, le = (e) => E(e) || typeof e?.[Symbol.iterator] == "function", ue = "[ 	\n\f\r]", D = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, de = /-->/g, fe = />/g, O = RegExp(`>|${ue}(?:([^\\s"'>=/]+)(${ue}*=${ue}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`, "g"), pe = /'/g, me = /"/g, he = /^(?:script|style|textarea|title)$/i, ge = (e) => (t, ...n) => ({
	_$litType$: e,
	strings: t,
	values: n
}), k = ge(1), A = ge(2), j = Symbol.for("lit-noChange"), M = Symbol.for("lit-nothing"), _e = /* @__PURE__ */ new WeakMap(), N = C.createTreeWalker(C, 129);
function ve(e, t) {
	if (!E(e) || !e.hasOwnProperty("raw")) throw Error("invalid template strings array");
	return se === void 0 ? t : se.createHTML(t);
}
var ye = (e, t) => {
	let n = e.length - 1, r = [], i, a = t === 2 ? "<svg>" : t === 3 ? "<math>" : "", o = D;
	for (let t = 0; t < n; t++) {
		let n = e[t], s, c, l = -1, u = 0;
		for (; u < n.length && (o.lastIndex = u, c = o.exec(n), c !== null);) u = o.lastIndex, o === D ? c[1] === "!--" ? o = de : c[1] === void 0 ? c[2] === void 0 ? c[3] !== void 0 && (o = O) : (he.test(c[2]) && (i = RegExp("</" + c[2], "g")), o = O) : o = fe : o === O ? c[0] === ">" ? (o = i ?? D, l = -1) : c[1] === void 0 ? l = -2 : (l = o.lastIndex - c[2].length, s = c[1], o = c[3] === void 0 ? O : c[3] === "\"" ? me : pe) : o === me || o === pe ? o = O : o === de || o === fe ? o = D : (o = O, i = void 0);
		let d = o === O && e[t + 1].startsWith("/>") ? " " : "";
		a += o === D ? n + ce : l >= 0 ? (r.push(s), n.slice(0, l) + b + n.slice(l) + x + d) : n + x + (l === -2 ? t : d);
	}
	return [ve(e, a + (e[n] || "<?>") + (t === 2 ? "</svg>" : t === 3 ? "</math>" : "")), r];
}, P = class e {
	constructor({ strings: t, _$litType$: n }, r) {
		let i;
		this.parts = [];
		let a = 0, o = 0, s = t.length - 1, c = this.parts, [l, u] = ye(t, n);
		if (this.el = e.createElement(l, r), N.currentNode = this.el.content, n === 2 || n === 3) {
			let e = this.el.content.firstChild;
			e.replaceWith(...e.childNodes);
		}
		for (; (i = N.nextNode()) !== null && c.length < s;) {
			if (i.nodeType === 1) {
				if (i.hasAttributes()) for (let e of i.getAttributeNames()) if (e.endsWith(b)) {
					let t = u[o++], n = i.getAttribute(e).split(x), r = /([.?@])?(.*)/.exec(t);
					c.push({
						type: 1,
						index: a,
						name: r[2],
						strings: n,
						ctor: r[1] === "." ? xe : r[1] === "?" ? Se : r[1] === "@" ? Ce : L
					}), i.removeAttribute(e);
				} else e.startsWith(x) && (c.push({
					type: 6,
					index: a
				}), i.removeAttribute(e));
				if (he.test(i.tagName)) {
					let e = i.textContent.split(x), t = e.length - 1;
					if (t > 0) {
						i.textContent = y ? y.emptyScript : "";
						for (let n = 0; n < t; n++) i.append(e[n], w()), N.nextNode(), c.push({
							type: 2,
							index: ++a
						});
						i.append(e[t], w());
					}
				}
			} else if (i.nodeType === 8) {
				if (i.data === S) c.push({
					type: 2,
					index: a
				});
				else {
					let e = -1;
					for (; (e = i.data.indexOf(x, e + 1)) !== -1;) c.push({
						type: 7,
						index: a
					}), e += x.length - 1;
				}
			}
			a++;
		}
	}
	static createElement(e, t) {
		let n = C.createElement("template");
		return n.innerHTML = e, n;
	}
};
function F(e, t, n = e, r) {
	if (t === j) return t;
	let i = r === void 0 ? n._$Cl : n._$Co?.[r], a = T(t) ? void 0 : t._$litDirective$;
	return i?.constructor !== a && (i?._$AO?.(!1), a === void 0 ? i = void 0 : (i = new a(e), i._$AT(e, n, r)), r === void 0 ? n._$Cl = i : (n._$Co ??= [])[r] = i), i !== void 0 && (t = F(e, i._$AS(e, t.values), i, r)), t;
}
var be = class {
	constructor(e, t) {
		this._$AV = [], this._$AN = void 0, this._$AD = e, this._$AM = t;
	}
	get parentNode() {
		return this._$AM.parentNode;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	u(e) {
		let { el: { content: t }, parts: n } = this._$AD, r = (e?.creationScope ?? C).importNode(t, !0);
		N.currentNode = r;
		let i = N.nextNode(), a = 0, o = 0, s = n[0];
		for (; s !== void 0;) {
			if (a === s.index) {
				let t;
				s.type === 2 ? t = new I(i, i.nextSibling, this, e) : s.type === 1 ? t = new s.ctor(i, s.name, s.strings, this, e) : s.type === 6 && (t = new we(i, this, e)), this._$AV.push(t), s = n[++o];
			}
			a !== s?.index && (i = N.nextNode(), a++);
		}
		return N.currentNode = C, r;
	}
	p(e) {
		let t = 0;
		for (let n of this._$AV) n !== void 0 && (n.strings === void 0 ? n._$AI(e[t]) : (n._$AI(e, n, t), t += n.strings.length - 2)), t++;
	}
}, I = class e {
	get _$AU() {
		return this._$AM?._$AU ?? this._$Cv;
	}
	constructor(e, t, n, r) {
		this.type = 2, this._$AH = M, this._$AN = void 0, this._$AA = e, this._$AB = t, this._$AM = n, this.options = r, this._$Cv = r?.isConnected ?? !0;
	}
	get parentNode() {
		let e = this._$AA.parentNode, t = this._$AM;
		return t !== void 0 && e?.nodeType === 11 && (e = t.parentNode), e;
	}
	get startNode() {
		return this._$AA;
	}
	get endNode() {
		return this._$AB;
	}
	_$AI(e, t = this) {
		e = F(this, e, t), T(e) ? e === M || e == null || e === "" ? (this._$AH !== M && this._$AR(), this._$AH = M) : e !== this._$AH && e !== j && this._(e) : e._$litType$ === void 0 ? e.nodeType === void 0 ? le(e) ? this.k(e) : this._(e) : this.T(e) : this.$(e);
	}
	O(e) {
		return this._$AA.parentNode.insertBefore(e, this._$AB);
	}
	T(e) {
		this._$AH !== e && (this._$AR(), this._$AH = this.O(e));
	}
	_(e) {
		this._$AH !== M && T(this._$AH) ? this._$AA.nextSibling.data = e : this.T(C.createTextNode(e)), this._$AH = e;
	}
	$(e) {
		let { values: t, _$litType$: n } = e, r = typeof n == "number" ? this._$AC(e) : (n.el === void 0 && (n.el = P.createElement(ve(n.h, n.h[0]), this.options)), n);
		if (this._$AH?._$AD === r) this._$AH.p(t);
		else {
			let e = new be(r, this), n = e.u(this.options);
			e.p(t), this.T(n), this._$AH = e;
		}
	}
	_$AC(e) {
		let t = _e.get(e.strings);
		return t === void 0 && _e.set(e.strings, t = new P(e)), t;
	}
	k(t) {
		E(this._$AH) || (this._$AH = [], this._$AR());
		let n = this._$AH, r, i = 0;
		for (let a of t) i === n.length ? n.push(r = new e(this.O(w()), this.O(w()), this, this.options)) : r = n[i], r._$AI(a), i++;
		i < n.length && (this._$AR(r && r._$AB.nextSibling, i), n.length = i);
	}
	_$AR(e = this._$AA.nextSibling, t) {
		for (this._$AP?.(!1, !0, t); e !== this._$AB;) {
			let t = oe(e).nextSibling;
			oe(e).remove(), e = t;
		}
	}
	setConnected(e) {
		this._$AM === void 0 && (this._$Cv = e, this._$AP?.(e));
	}
}, L = class {
	get tagName() {
		return this.element.tagName;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	constructor(e, t, n, r, i) {
		this.type = 1, this._$AH = M, this._$AN = void 0, this.element = e, this.name = t, this._$AM = r, this.options = i, n.length > 2 || n[0] !== "" || n[1] !== "" ? (this._$AH = Array(n.length - 1).fill(/* @__PURE__ */ new String()), this.strings = n) : this._$AH = M;
	}
	_$AI(e, t = this, n, r) {
		let i = this.strings, a = !1;
		if (i === void 0) e = F(this, e, t, 0), a = !T(e) || e !== this._$AH && e !== j, a && (this._$AH = e);
		else {
			let r = e, o, s;
			for (e = i[0], o = 0; o < i.length - 1; o++) s = F(this, r[n + o], t, o), s === j && (s = this._$AH[o]), a ||= !T(s) || s !== this._$AH[o], s === M ? e = M : e !== M && (e += (s ?? "") + i[o + 1]), this._$AH[o] = s;
		}
		a && !r && this.j(e);
	}
	j(e) {
		e === M ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, e ?? "");
	}
}, xe = class extends L {
	constructor() {
		super(...arguments), this.type = 3;
	}
	j(e) {
		this.element[this.name] = e === M ? void 0 : e;
	}
}, Se = class extends L {
	constructor() {
		super(...arguments), this.type = 4;
	}
	j(e) {
		this.element.toggleAttribute(this.name, !!e && e !== M);
	}
}, Ce = class extends L {
	constructor(e, t, n, r, i) {
		super(e, t, n, r, i), this.type = 5;
	}
	_$AI(e, t = this) {
		if ((e = F(this, e, t, 0) ?? M) === j) return;
		let n = this._$AH, r = e === M && n !== M || e.capture !== n.capture || e.once !== n.once || e.passive !== n.passive, i = e !== M && (n === M || r);
		r && this.element.removeEventListener(this.name, this, n), i && this.element.addEventListener(this.name, this, e), this._$AH = e;
	}
	handleEvent(e) {
		typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, e) : this._$AH.handleEvent(e);
	}
}, we = class {
	constructor(e, t, n) {
		this.element = e, this.type = 6, this._$AN = void 0, this._$AM = t, this.options = n;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AI(e) {
		F(this, e);
	}
}, Te = {
	M: b,
	P: x,
	A: S,
	C: 1,
	L: ye,
	R: be,
	D: le,
	V: F,
	I,
	H: L,
	N: Se,
	U: Ce,
	B: xe,
	F: we
}, Ee = ae.litHtmlPolyfillSupport;
Ee?.(P, I), (ae.litHtmlVersions ??= []).push("3.3.3");
var De = (e, t, n) => {
	let r = n?.renderBefore ?? t, i = r._$litPart$;
	if (i === void 0) {
		let e = n?.renderBefore ?? null;
		r._$litPart$ = i = new I(t.insertBefore(w(), e), e, void 0, n ?? {});
	}
	return i._$AI(e), i;
}, R = globalThis, z = class extends v {
	constructor() {
		super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
	}
	createRenderRoot() {
		let e = super.createRenderRoot();
		return this.renderOptions.renderBefore ??= e.firstChild, e;
	}
	update(e) {
		let t = this.render();
		this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(e), this._$Do = De(t, this.renderRoot, this.renderOptions);
	}
	connectedCallback() {
		super.connectedCallback(), this._$Do?.setConnected(!0);
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this._$Do?.setConnected(!1);
	}
	render() {
		return j;
	}
};
z._$litElement$ = !0, z.finalized = !0, R.litElementHydrateSupport?.({ LitElement: z });
var Oe = R.litElementPolyfillSupport;
Oe?.({ LitElement: z }), (R.litElementVersions ??= []).push("4.2.2");
// src/api.ts
var B = class extends Error {
	constructor(e, t, n) {
		super(n), this.status = e, this.code = t;
	}
}, V = class extends Error {}, ke = 3e4, Ae = /* @__PURE__ */ new Set([
	408,
	425,
	429
]), je = class {
	constructor(e) {
		this.base = e;
	}
	open(e) {
		return this.call("/api/conversations", {
			method: "POST",
			body: JSON.stringify(e)
		});
	}
	history(e, t) {
		return this.call(`/api/conversations/${e.id}/messages?after=${t}`, {}, e);
	}
	async say(e, t) {
		let { client_id: n, text: r, payload: i } = t, a = JSON.stringify(i === void 0 ? {
			client_id: n,
			text: r
		} : {
			client_id: n,
			payload: i
		}), o = `/api/conversations/${e.id}/messages`;
		return (await this.call(o, {
			method: "POST",
			body: a
		}, e)).replies;
	}
	seen(e, t) {
		return this.call(`/api/conversations/${e.id}/seen`, {
			method: "POST",
			body: JSON.stringify(t)
		}, e);
	}
	async events(e, t, n) {
		let r = {
			...Me(e),
			"Last-Event-ID": String(t)
		}, i = await H(fetch(`${this.base}/api/conversations/${e.id}/events`, {
			headers: r,
			signal: n
		}));
		if (!i.ok || !i.body) throw await Ne(i.status, await i.text());
		return i.body;
	}
	async picture(e) {
		let t = await H(fetch(this.address(e)));
		if (!t.ok) throw new V();
		return t.blob();
	}
	address(e) {
		return new URL(e, `${this.base}/`).href;
	}
	upload(e, t, n, r) {
		return new Promise((i, a) => {
			let o = new XMLHttpRequest();
			o.open("POST", `${this.base}/api/conversations/${e.id}/evidence`), o.setRequestHeader("Authorization", Me(e).Authorization), o.upload.onprogress = (e) => e.lengthComputable && n(e.loaded / e.total), o.onerror = () => a(new V()), o.onabort = () => a(new DOMException("cancelled", "AbortError")), o.onload = () => o.status === 201 ? i(JSON.parse(o.responseText)) : a(Ne(o.status, o.responseText)), r.addEventListener("abort", () => o.abort(), { once: !0 }), o.send(t);
		});
	}
	async call(e, t, n) {
		let r = {
			...t.body ? { "Content-Type": "application/json" } : {},
			...n ? Me(n) : {}
		}, i = await H(fetch(this.base + e, {
			...t,
			headers: r,
			signal: AbortSignal.timeout(ke)
		})), a = await H(i.text());
		if (!i.ok) throw Ne(i.status, a);
		return JSON.parse(a);
	}
};
function Me(e) {
	return { Authorization: `Bearer ${e.token}` };
}
async function H(e) {
	try {
		return await e;
	} catch (e) {
		throw new V(String(e));
	}
}
function Ne(e, t) {
	if (e >= 500 || Ae.has(e)) return new V(String(e));
	try {
		let { error: n } = JSON.parse(t);
		return new B(e, n.code, n.message);
	} catch {
		return new B(e, "http_error", String(e));
	}
}
// src/attention.ts
var Pe = 80, Fe = "(max-width: 480px), (max-height: 480px)", Ie = "a[href], button, input, textarea, [tabindex='0']", Le = class {
	constructor(e) {
		this.host = e, this.away = !1, this.small = matchMedia(Fe), this.touched = matchMedia("(pointer: coarse)"), this.scrolled = () => {
			let e = this.log, t = e.scrollHeight - e.scrollTop - e.clientHeight > Pe;
			t !== this.away && this.host.requestUpdate(), this.away = t;
		}, this.toNewest = () => {
			this.away = !1, this.log.focus(), this.host.requestUpdate();
		}, this.resized = () => this.host.requestUpdate(), this.keep = (e) => {
			if (e.key !== "Tab" || !this.covers) return;
			let t = [...e.currentTarget.querySelectorAll(Ie)].filter((e) => e.checkVisibility()), [n, r] = e.shiftKey ? [t[0], t.at(-1)] : [t.at(-1), t[0]];
			e.target === n && (e.preventDefault(), r?.focus());
		}, e.addController(this);
	}
	hostConnected() {
		this.small.addEventListener("change", this.resized);
	}
	hostDisconnected() {
		this.small.removeEventListener("change", this.resized);
	}
	get covers() {
		return this.host.open && this.small.matches;
	}
	get log() {
		return this.host.renderRoot.querySelector("#log");
	}
	get message() {
		return this.host.renderRoot.querySelector("#message");
	}
	leavePage() {
		let e = document.activeElement;
		this.opener = e instanceof HTMLElement && e !== document.body && e !== this.host ? e : void 0;
	}
	enter() {
		(this.touched.matches ? this.log : this.message)?.focus();
	}
	returnToPage() {
		((this.opener?.isConnected ? this.opener : void 0) ?? this.host.renderRoot.querySelector("#launcher"))?.focus();
	}
	goOn() {
		(this.host.renderRoot.querySelector("#log .choices button, #log .pick input, .request input") ?? (this.touched.matches ? this.log : this.message))?.focus({ preventScroll: !0 });
	}
	followNewest() {
		this.log && !this.away && (this.log.scrollTop = this.log.scrollHeight);
	}
}, Re = 2e3, ze = 4e3, Be = class {
	constructor(e, t, n, r) {
		this.api = e, this.read = t, this.changed = n, this.signal = r, this.typed = 0, this.running = !1;
	}
	get withPerson() {
		return this.presence !== void 0 && this.presence.mode !== "bot";
	}
	type() {
		this.typed = Date.now();
	}
	async attend(e) {
		if (!this.running) {
			this.running = !0;
			do
				await this.ask(e).catch(() => void 0), this.withPerson && await new Promise((e) => setTimeout(e, Re));
			while (this.withPerson && !this.signal.aborted);
			this.running = !1;
		}
	}
	async ask(e) {
		if (document.hidden && this.presence) return;
		let t = JSON.stringify(this.presence);
		this.presence = await this.api.seen(e, {
			read: this.read(),
			typing: Date.now() - this.typed < ze
		}), JSON.stringify(this.presence) !== t && this.changed();
	}
}, Ve = 700, He = class {
	constructor(e, t, n) {
		this.changed = e, this.back = t, this.signal = n, this.troubled = !1, this.reached = !0, this.look = (e) => {
			this.signal.aborted || (this.up ? (clearTimeout(this.timer), this.timer = void 0, this.troubled = !1) : this.timer ??= setTimeout(() => {
				this.troubled = !0, this.changed();
			}, Ve), e?.type === "online" && this.back(), this.changed());
		}, addEventListener("online", this.look, { signal: n }), addEventListener("offline", this.look, { signal: n }), n.addEventListener("abort", () => clearTimeout(this.timer)), this.look();
	}
	get up() {
		return this.reached && navigator.onLine;
	}
	tell(e) {
		let t = e && !this.reached;
		this.reached = e, this.look(), t && this.back();
	}
}, Ue = 500, We = 15e3;
function Ge(e, t) {
	let n = Math.min(We, Ue * 2 ** e) * (.75 + Math.random() / 4);
	return new Promise((e) => {
		let r = () => {
			clearTimeout(i), removeEventListener("online", r), t?.removeEventListener("abort", r), e();
		}, i = setTimeout(r, n);
		addEventListener("online", r), t?.addEventListener("abort", r);
	});
}
async function Ke(e, t, n) {
	return navigator.locks ? await navigator.locks.request(e, n ? { signal: n } : {}, t) : t();
}
// src/events.ts
var qe = 45e3;
async function Je(e, t, n, r) {
	for (let i = 0; !r.aborted; i++) {
		try {
			let a = await e.events(t, n.newest(), r);
			i = 0, n.connected(!0);
			for await (let e of Ye(a)) n.line(e);
		} catch (e) {
			if (e instanceof B) return n.connected(!0);
		}
		if (r.aborted) return;
		n.connected(!1), await Ge(i, r);
	}
}
async function* Ye(e) {
	let t = e.pipeThrough(new TextDecoderStream()).getReader(), n = "";
	try {
		for (;;) {
			let { done: e, value: r } = await Xe(t.read());
			if (e) return;
			n += r;
			let i = n.split("\n\n");
			n = i.pop() ?? "";
			for (let e of i) {
				let t = e.split("\n").filter((e) => e.startsWith("data: "));
				t.length && (yield JSON.parse(t.map((e) => e.slice(6)).join("\n")));
			}
		}
	} finally {
		t.cancel().catch(() => void 0);
	}
}
function Xe(e) {
	return new Promise((t, n) => {
		let r = setTimeout(() => n(new V("silent")), qe);
		e.then(t, n).finally(() => clearTimeout(r));
	});
}
// src/memory.ts
var Ze = class {
	constructor(e, t) {
		this.page = /* @__PURE__ */ new Map();
		let n = Qe(t);
		this.key = `redress:${e}${n ? `:${n}` : ""}`;
	}
	get conversation() {
		return this.read("");
	}
	set conversation(e) {
		this.write("", e);
	}
	get outbox() {
		return this.read(":outbox") ?? [];
	}
	set outbox(e) {
		this.write(":outbox", e.length ? e : void 0);
	}
	get unsent() {
		return this.read(":unsent") ?? "";
	}
	set unsent(e) {
		this.write(":unsent", e || void 0);
	}
	read(e) {
		try {
			let t = this.page.get(e) ?? localStorage.getItem(this.key + e);
			return t ? JSON.parse(t) : void 0;
		} catch {
			return;
		}
	}
	write(e, t) {
		let n = JSON.stringify(t);
		try {
			n === void 0 ? localStorage.removeItem(this.key + e) : localStorage.setItem(this.key + e, n), this.page.delete(e);
		} catch {
			n === void 0 ? this.page.delete(e) : this.page.set(e, n);
		}
	}
};
function Qe(e) {
	try {
		let t = (e.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
		return String(JSON.parse(atob(t)).order ?? "");
	} catch {
		return "";
	}
}
function $e() {
	let e = crypto.getRandomValues(/* @__PURE__ */ new Uint8Array(16));
	return e[6] = e[6] & 15 | 64, e[8] = e[8] & 63 | 128, Array.from(e, (e) => e.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
var et = /* @__PURE__ */ new Set(["bot", "desk"]), U = "buyer";
// src/opening.ts
function tt(e, { shop: t, locale: n, customerToken: r }) {
	let i = {
		shop: t,
		locale: n
	}, a = Intl.DateTimeFormat().resolvedOptions().timeZone;
	return a && (i.time_zone = a), r ? e.open({
		...i,
		customer_token: r
	}).catch((t) => {
		if (t instanceof B && t.code === "invalid_customer_token") return e.open(i);
		throw t;
	}) : e.open(i);
}
// src/outbox.ts
var nt = class {
	constructor(e, t, n, r) {
		this.api = e, this.memory = t, this.delivery = n, this.signal = r, this.running = !1;
	}
	get waiting() {
		return this.memory.outbox;
	}
	add(e, t) {
		this.memory.outbox = [...this.memory.outbox, e], t && this.flush(t);
	}
	async flush(e) {
		if (!this.running) {
			this.running = !0;
			try {
				await Ke(`${this.memory.key}:send`, () => this.sendAll(e), this.signal);
			} catch {} finally {
				this.running = !1;
			}
		}
	}
	async sendAll(e) {
		for (let t = 0; !this.signal.aborted;) {
			let n = this.memory.outbox[0];
			if (!n) return;
			try {
				let r = await this.api.say(e, n);
				this.remove(n), this.delivery.connected(!0), this.delivery.delivered(n, r), t = 0;
			} catch (e) {
				if (e instanceof B && e.status === 401) return this.delivery.gone();
				e instanceof B ? (this.remove(n), this.delivery.refused(n, e)) : (this.delivery.connected(!1), await Ge(t++, this.signal));
			}
		}
	}
	keepTexts() {
		this.memory.outbox = this.memory.outbox.filter((e) => e.text !== void 0);
	}
	remove(e) {
		this.memory.outbox = this.memory.outbox.filter((t) => t.client_id !== e.client_id);
	}
}, rt = class {
	constructor(e, t, n) {
		this.signal = n, this.channel = new BroadcastChannel(e), this.channel.onmessage = ({ data: e }) => t(e), n.addEventListener("abort", () => this.channel.close());
	}
	tell(e = "") {
		this.signal.aborted || this.channel.postMessage(e);
	}
}, it = class {
	constructor() {
		this.lines = [];
	}
	merge(e) {
		for (let t of e) this.put(t);
	}
	get newest() {
		return this.lines.reduce((e, t) => t.author === "buyer" ? e : Math.max(e, Number(t.id)), 0);
	}
	get latest() {
		return this.lines.slice(this.lines.findLastIndex((e) => e.author === U) + 1);
	}
	get question() {
		return this.asking?.question ?? void 0;
	}
	get upload() {
		return this.asking?.upload ?? void 0;
	}
	get asking() {
		return this.latest.findLast((e) => e.question);
	}
	remove(e) {
		let t = this.lines.findIndex((t) => t.client_id === e);
		t >= 0 && this.lines.splice(t, 1);
	}
	put(e) {
		let t = this.lines.findIndex((t) => e.id && t.id === e.id || e.client_id && t.client_id === e.client_id);
		if (t >= 0) {
			this.lines[t] = {
				...this.lines[t],
				...e
			};
			return;
		}
		let n = e.id ? this.lines.findIndex((t) => t.id && Number(t.id) > Number(e.id)) : -1;
		this.lines.splice(n < 0 ? this.lines.length : n, 0, e);
	}
};
function at(e) {
	return {
		author: "bot",
		created_at: (/* @__PURE__ */ new Date()).toISOString(),
		...e
	};
}
function W(e) {
	return {
		author: U,
		client_id: e.client_id,
		created_at: e.created_at,
		text: e.title
	};
}
var ot = class {
	constructor(e, t, n) {
		this.api = e, this.who = t, this.listener = n, this.list = [], this.sending = !1;
	}
	add(e, t, n, r) {
		for (let i of e.slice(0, 10)) {
			let e = i.size > r ? new B(413, "too_large", "") : void 0;
			this.list.push({
				client_id: $e(),
				file: i,
				kind: t,
				label: n,
				state: e ? "refused" : "waiting",
				progress: 0,
				...e ? { error: e } : {},
				abort: new AbortController()
			});
		}
		return this.listener.changed(), this.pump(), e.length <= 10;
	}
	get busy() {
		return this.list.some((e) => e.state === "waiting" || e.state === "sending");
	}
	cancel(e) {
		e.abort.abort(), this.list = this.list.filter((t) => t !== e), this.listener.changed();
	}
	retry(e) {
		Object.assign(e, {
			state: "waiting",
			progress: 0,
			error: void 0
		}), this.listener.changed(), this.pump();
	}
	retryFailed() {
		for (let e of this.list) e.state === "failed" && this.retry(e);
	}
	cancelAll() {
		for (let e of [...this.list]) this.cancel(e);
	}
	async pump() {
		if (!this.sending) {
			this.sending = !0;
			for (let e = this.next(); e; e = this.next()) await this.send(e);
			this.sending = !1;
		}
	}
	next() {
		return this.who() && this.list.find((e) => e.state === "waiting");
	}
	async send(e) {
		let t = new FormData();
		t.set("client_id", e.client_id), t.set("kind", e.kind), t.set("file", e.file), e.state = "sending", this.listener.changed();
		let n = (t) => {
			e.progress = t, this.listener.changed();
		};
		try {
			let r = await this.api.upload(this.who(), t, n, e.abort.signal);
			this.list = this.list.filter((t) => t !== e), this.listener.uploaded(e, r);
		} catch (t) {
			t instanceof B ? Object.assign(e, {
				state: "refused",
				error: t
			}) : e.state = "failed";
		}
		this.listener.changed();
	}
}, st = class {
	constructor(e, t, n, r) {
		this.host = e, this.api = t, this.memory = n, this.opening = r, this.transcript = new it(), this.ready = !1, this.transcriptLink = "", this.synced = 0, this.end = new AbortController(), this.listening = new AbortController();
		let { signal: i } = this.end;
		this.connection = new He(() => e.requestUpdate(), () => this.resume(), i);
		let a = {
			delivered: (e, t) => this.delivered(e, t),
			refused: (e, t) => this.refused(e, t),
			gone: () => this.beginAnew(),
			connected: (e) => this.connection.tell(e)
		};
		this.outbox = new nt(t, n, a, i), this.uploads = new ot(t, () => n.conversation, {
			changed: () => e.requestUpdate(),
			uploaded: (e, t) => this.uploaded(e, t)
		});
		let o = () => n.conversation?.read ?? 0;
		this.attendance = new Be(t, o, () => this.attended(), i), this.tabs = new rt(n.key, (e) => this.toldBy(e), i), e.addController(this);
	}
	hostDisconnected() {
		this.close();
	}
	close() {
		this.end.abort(), this.uploads.cancelAll(), this.host.removeController(this);
	}
	get known() {
		return this.memory.conversation !== void 0;
	}
	get awaiting() {
		return this.ready && this.connection.up && this.outbox.waiting.length > 0;
	}
	get unread() {
		let e = this.memory.conversation?.read ?? 0;
		return this.transcript.lines.filter((t) => t.author !== "buyer" && Number(t.id) > e).length;
	}
	markRead() {
		let e = this.memory.conversation;
		e && this.transcript.newest > e.read && (this.memory.conversation = {
			...e,
			read: this.transcript.newest
		});
	}
	async start(e) {
		let { signal: t } = this.end;
		for (let n = 0; !this.ready && !t.aborted && (e || this.known); n++) try {
			await Ke(`${this.memory.key}:open`, () => this.resumeOrOpen(e), t);
		} catch (e) {
			if (e instanceof B) return this.failure = e, this.host.requestUpdate();
			this.connection.tell(!1), await Ge(n, t);
		}
	}
	say(e) {
		this.send({
			text: e,
			title: e
		});
	}
	press(e, t) {
		this.send({
			payload: t,
			title: e
		});
	}
	send(e) {
		let t = {
			...e,
			client_id: $e(),
			created_at: (/* @__PURE__ */ new Date()).toISOString()
		};
		this.refusal = void 0, this.transcript.merge([W(t)]), this.outbox.add(t, this.memory.conversation), this.host.requestUpdate(), this.tabs.tell();
	}
	async transcriptAddress() {
		return await this.catchUp(), this.transcriptLink && this.api.address(this.transcriptLink);
	}
	async resumeOrOpen(e) {
		if (this.ready) return;
		this.failure = void 0;
		let t = this.memory.conversation;
		if (t) try {
			await this.sync(t), this.ready = !0;
		} catch (e) {
			if (!(e instanceof B)) throw e;
			this.memory.conversation = void 0;
		}
		!this.ready && e && (await this.openNew(), this.ready = !0), this.transcript.merge(this.outbox.waiting.map(W)), this.connection.tell(!0), this.ready && this.run();
	}
	async openNew() {
		let e = await tt(this.api, this.opening);
		this.memory.conversation = {
			id: e.id,
			token: e.token,
			menu: e.menu,
			read: 0
		}, this.transcript.merge(e.greeting.map(at)), this.synced = this.transcript.newest;
	}
	beginAnew() {
		this.listening.abort(), this.outbox.keepTexts(), this.transcript = new it(), this.synced = 0, this.ready = !1, this.start(!0);
	}
	run() {
		let e = this.memory.conversation;
		this.outbox.flush(e), this.attendance.attend(e), this.listening = new AbortController();
		let t = AbortSignal.any([this.end.signal, this.listening.signal]), n = {
			newest: () => this.synced,
			line: (e) => this.arrived(e),
			connected: (e) => this.connection.tell(e)
		};
		Ke(`${this.memory.key}:events`, () => Je(this.api, e, n, t), t).catch(() => void 0);
	}
	async sync(e) {
		let { messages: t, links: n } = await this.api.history(e, this.synced);
		this.transcriptLink = n.transcript, this.transcript.merge(t);
		for (let e of t) this.synced = Math.max(this.synced, Number(e.id));
		this.host.requestUpdate();
	}
	async catchUp() {
		let e = this.memory.conversation;
		if (!this.ready || !e) return this.start(!1);
		this.transcript.merge(this.outbox.waiting.map(W)), await this.sync(e).catch(() => void 0);
	}
	delivered(e, t) {
		this.transcript.merge([W(e), ...t.map(at)]), t.length || this.askWhoAnswers(), this.host.requestUpdate(), this.tabs.tell();
	}
	refused(e, t) {
		this.transcript.remove(e.client_id), this.refusal = {
			outgoing: e,
			why: t
		}, this.host.requestUpdate(), this.tabs.tell(e.client_id);
	}
	uploaded(e, t) {
		let n = {
			author: U,
			client_id: e.client_id,
			created_at: (/* @__PURE__ */ new Date()).toISOString(),
			text: `[${e.label}]`,
			evidence: t.evidence
		};
		this.transcript.merge([n, ...t.replies.map(at)]), this.tabs.tell();
	}
	arrived(e) {
		this.synced = Math.max(this.synced, Number(e.id)), this.transcript.merge([e]), this.askWhoAnswers(), this.host.requestUpdate(), this.tabs.tell();
	}
	askWhoAnswers() {
		let e = this.memory.conversation;
		e && this.attendance.attend(e);
	}
	attended() {
		let e = this.memory.conversation;
		e && this.attendance.withPerson && this.sync(e).catch(() => void 0), this.host.requestUpdate();
	}
	toldBy(e) {
		this.transcript.remove(e), this.catchUp();
	}
	resume() {
		this.uploads.retryFailed();
		let e = this.memory.conversation;
		e && this.ready && this.outbox.flush(e);
	}
}, ct = class {
	constructor(e, t) {
		this.host = e, this.take = t, this.dragging = !1, this.over = (e) => {
			e.dataTransfer?.types.includes("Files") && (e.preventDefault(), this.hold(!0));
		}, this.leave = (e) => {
			e.relatedTarget instanceof Node && e.currentTarget.contains(e.relatedTarget) || this.hold(!1);
		}, this.drop = (e) => {
			this.hold(!1), this.receive(e, e.dataTransfer);
		}, this.paste = (e) => this.receive(e, e.clipboardData);
	}
	receive(e, t) {
		let n = [...t?.files ?? []];
		n.length && (e.preventDefault(), this.take(n));
	}
	hold(e) {
		this.dragging = e, this.host.requestUpdate();
	}
}, lt = ":host{--lightningcss-light:initial;--lightningcss-dark: ;color-scheme:light dark;--_paper:var(--redress-paper,var(--lightningcss-light,#fff)var(--lightningcss-dark,#1b2024));--_sunken:var(--redress-sunken,var(--lightningcss-light,#f2f4f5)var(--lightningcss-dark,#262d32));--_ink:var(--redress-ink,var(--lightningcss-light,#1c2226)var(--lightningcss-dark,#e8ecee));--_soft:var(--redress-soft,var(--lightningcss-light,#566168)var(--lightningcss-dark,#a7b2b9));--_line:var(--redress-line,var(--lightningcss-light,#dfe4e7)var(--lightningcss-dark,#394249));--_accent:var(--redress-accent,#20645c);--_on-accent:var(--redress-on-accent,#fff);--_link:var(--lightningcss-light,var(--_accent))var(--lightningcss-dark,color-mix(in oklab, var(--_accent) 42%, #fff));--_radius:var(--redress-radius,18px);z-index:var(--redress-z-index,2147480000);font:400 .9375rem/1.45 var(--redress-font,system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Noto Sans SC\", sans-serif);color:var(--_ink);text-align:start;position:fixed;inset-block-end:max(20px, env(safe-area-inset-bottom));inset-inline-end:20px}@media (prefers-color-scheme:dark){:host{--lightningcss-light: ;--lightningcss-dark:initial}}:host([position=start]){inset-inline:20px auto}:host([hidden]),[hidden]{display:none!important}*,:before,:after{box-sizing:border-box}p,h2,ul,figure{margin:0;padding:0}button,input,textarea{font:inherit;color:inherit}button,label.choice{cursor:pointer;-webkit-tap-highlight-color:transparent}svg{flex:none;display:block}.unseen{clip-path:inset(50%);white-space:nowrap;width:1px;height:1px;margin:-1px;position:absolute;overflow:hidden}:focus-visible{outline:2px solid var(--_link);outline-offset:2px}#launcher{background:var(--_accent);width:60px;height:60px;color:var(--_on-accent);border:0;border-radius:50%;place-items:center;margin-inline-start:auto;padding:0;transition:transform .16s;display:grid;position:relative;box-shadow:0 2px 6px #0000002e,0 8px 24px #00000029}#launcher:hover{transform:translateY(-2px)}#launcher:focus-visible{outline:3px solid var(--_link);outline-offset:3px}#launcher svg{width:28px;height:28px}:host([position=start]) #launcher{margin-inline:0 auto}.badge{color:#fff;text-align:center;background:#c42b1c;border-radius:11px;min-width:22px;height:22px;padding-inline:6px;font-size:.75rem;font-weight:700;line-height:22px;position:absolute;inset-block-start:-4px;inset-inline-end:-4px}#panel{border:1px solid var(--_line);border-radius:var(--_radius);background:var(--_paper);flex-direction:column;width:min(392px,100vw - 40px);height:min(680px,100dvh - 120px);animation:.2s cubic-bezier(.2,.8,.3,1) rise;display:flex;position:absolute;inset-block-end:74px;inset-inline-end:0;overflow:hidden;box-shadow:0 4px 12px #0000001a,0 18px 48px #0000002e}:host([position=start]) #panel{inset-inline:0 auto}@keyframes rise{0%{opacity:0;transform:translateY(12px)}}.top{border-block-end:1px solid var(--_line);align-items:center;gap:12px;padding:14px 14px 12px 16px;display:flex}.top>div{flex:1;min-width:0}.top h2{letter-spacing:-.01em;font-size:1.0625rem;font-weight:650;line-height:1.25}.top p{color:var(--_soft);font-size:.8125rem;line-height:1.3}.mark{background:var(--_accent);width:40px;height:40px;color:var(--_on-accent);border-radius:13px;flex:none;place-items:center;display:grid}.icon{width:36px;height:36px;color:var(--_soft);background:0 0;border:0;border-radius:50%;flex:none;place-items:center;padding:0;display:grid}.icon:hover{background:var(--_sunken);color:var(--_ink)}.icon svg{width:20px;height:20px}.connection{color:var(--lightningcss-light,#5d4400)var(--lightningcss-dark,#f6dfa4);text-align:center;background:var(--lightningcss-light,#fdf3d8)var(--lightningcss-dark,#3c3115);padding:6px 16px;font-size:.8125rem}.connection:empty{padding:0}#log{overscroll-behavior:contain;scrollbar-width:thin;flex-direction:column;flex:1 1 0;gap:4px;min-height:96px;padding:16px;display:flex;overflow-y:auto}#log:focus-visible{outline-offset:-3px;border-radius:8px}.day{color:var(--_soft);align-self:center;margin-block:2px 8px;font-size:.75rem}.row{flex-direction:column;align-items:flex-start;max-width:100%;display:flex}.row.mine{align-items:flex-end}.row.last{margin-block-end:8px}.name{color:var(--_soft);align-items:center;gap:4px;margin-block:4px 2px;font-size:.75rem;font-weight:600;display:flex}.name svg{width:14px;height:14px}.bubble{background:var(--_sunken);white-space:pre-line;overflow-wrap:anywhere;border-radius:18px;max-width:86%;padding:9px 14px}.theirs.last .bubble{border-end-start-radius:6px}.mine .bubble{background:var(--_accent);color:var(--_on-accent)}.mine.last .bubble{border-end-end-radius:6px}.meta{color:var(--_soft);align-items:center;gap:4px;margin:3px 6px 0;font-size:.6875rem;display:flex}.meta svg{width:13px;height:13px}.bubble.photo{white-space:normal;width:184px;padding:4px;overflow:hidden}.photo redress-picture{border-radius:14px;height:132px}.photo figcaption{text-wrap:balance;padding:6px 9px 4px;font-size:.8125rem;line-height:1.3}.photo figcaption:first-letter{text-transform:uppercase}.typing{gap:5px;padding:13px 15px;display:flex}.typing i{background:var(--_soft);border-radius:50%;width:7px;height:7px;animation:1.2s ease-in-out infinite breathe}.typing i:nth-child(2){animation-delay:.16s}.typing i:nth-child(3){animation-delay:.32s}@keyframes breathe{0%,70%,to{opacity:.3}35%{opacity:1}}.card{border:1px solid var(--_line);background:var(--_paper);overflow-wrap:anywhere;border-radius:16px;justify-items:start;gap:7px;width:100%;padding:14px 16px;font-size:.875rem;display:grid}.card p{white-space:pre-line}.chip{--tone:var(--lightningcss-light,#45525a)var(--lightningcss-dark,#c3ced5);background:color-mix(in srgb, var(--tone) 12%, transparent);color:var(--tone);border-radius:99px;padding:2px 10px;font-size:.75rem;font-weight:650}[data-outcome=qualifies] .chip,[data-state=approved] .chip,[data-state=settled] .chip{--tone:var(--lightningcss-light,#146c43)var(--lightningcss-dark,#79d7a5)}[data-outcome=declined] .chip,[data-state=declined] .chip{--tone:var(--lightningcss-light,#9f2a20)var(--lightningcss-dark,#ff9d92)}[data-outcome=awaiting_evidence] .chip,[data-state=awaiting_evidence] .chip,[data-outcome=too_early] .chip{--tone:var(--lightningcss-light,#7a5200)var(--lightningcss-dark,#f0c674)}[data-outcome=referred] .chip,[data-state=in_review] .chip,[data-state=appealed] .chip{--tone:var(--lightningcss-light,#1f5a9b)var(--lightningcss-dark,#92c3f7)}.card .lead{font-size:.9375rem;font-weight:600;line-height:1.35}.remedies,.policy ul{gap:5px;list-style:none;display:grid}.remedies{width:100%}.remedies li{align-items:flex-start;gap:8px;font-weight:550;display:flex}.remedies svg{color:var(--lightningcss-light,#146c43)var(--lightningcss-dark,#79d7a5);width:18px;height:18px;margin-block-start:1px}.policy{background:var(--_sunken);border-radius:12px;width:100%;margin-block-start:2px;padding:9px 12px;font-size:.8125rem;line-height:1.4}.policy>p{color:var(--_soft);margin-block-end:2px;font-size:.75rem;font-weight:600}.ref{color:var(--_soft);white-space:nowrap}.deadline{border-block-start:1px solid var(--_line);flex-wrap:wrap;align-items:center;gap:2px 6px;width:100%;margin-block-start:3px;padding-block-start:9px;display:flex}.deadline svg{width:16px;height:16px;color:var(--_soft)}.deadline time{font-weight:600}.deadline span{color:var(--_soft)}.ticket{grid-template-columns:1fr auto;align-items:center}.ticket .head{font-variant-numeric:tabular-nums;align-items:center;gap:8px;font-size:1rem;display:flex}.ticket .head svg{color:var(--_link)}.ticket>p:last-child{grid-column:1/-1}.choices,.pick{flex-wrap:wrap;align-items:center;gap:8px;margin-block:4px 6px;display:flex}.choice{border:1.5px solid color-mix(in srgb, var(--_link) 55%, transparent);background:var(--_paper);min-height:38px;color:var(--_link);text-align:start;border-radius:20px;align-items:center;gap:7px;padding:7px 15px;font-weight:550;line-height:1.25;transition:background .12s;display:inline-flex}.choice:hover{background:color-mix(in srgb, var(--_link) 9%, var(--_paper));border-color:var(--_link)}.choice:active{background:color-mix(in srgb, var(--_link) 18%, var(--_paper))}.choice svg{width:18px;height:18px}.choices.items{flex-direction:column;align-items:stretch;width:100%}.item{border:1px solid var(--_line);background:var(--_paper);text-align:start;border-radius:14px;align-items:center;gap:12px;width:100%;min-height:52px;padding:7px 12px 7px 8px;display:flex}.item:hover{border-color:var(--_link);background:color-mix(in srgb, var(--_link) 6%, var(--_paper))}.glyph{background:var(--_sunken);width:38px;height:38px;color:var(--_soft);border-radius:10px;flex:none;place-items:center;display:grid}.what{overflow-wrap:anywhere;flex:1;font-weight:550}.units{color:var(--_soft);font-variant-numeric:tabular-nums}.pick input{border:1.5px solid var(--_line);background:var(--_paper);border-radius:12px;min-height:40px;padding:6px 12px}.pick input[type=number]{text-align:center;width:76px}.newest{border:1px solid var(--_line);background:var(--_paper);margin-inline:auto;position:absolute;inset-block-end:128px;inset-inline:0;box-shadow:0 2px 8px #00000024}.composer{border-block-start:1px solid var(--_line);flex:0 auto;gap:8px;min-height:0;max-height:62%;padding:10px 12px 8px;display:grid;overflow-y:auto}.write{background:var(--_paper);border:1.5px solid var(--lightningcss-light,#8b979e)var(--lightningcss-dark,#66727a);border-radius:23px;align-items:flex-end;gap:6px;padding:4px 4px 4px 14px;display:flex}.write:is(:lang(ae),:lang(ar),:lang(arc),:lang(bcc),:lang(bqi),:lang(ckb),:lang(dv),:lang(fa),:lang(glk),:lang(he),:lang(ku),:lang(mzn),:lang(nqo),:lang(pnb),:lang(ps),:lang(sd),:lang(ug),:lang(ur),:lang(yi)){padding:4px 14px 4px 4px}.write:focus-within{border-color:var(--_link);box-shadow:0 0 0 1px var(--_link)}textarea{field-sizing:content;resize:none;background:0 0;border:0;outline:0;flex:1;min-width:0;min-height:36px;max-height:116px;padding:7px 0;line-height:1.45}textarea:focus-visible{outline:0}textarea::placeholder{color:var(--_soft);opacity:1}.send{background:var(--_accent);color:var(--_on-accent)}.send:hover{background:color-mix(in srgb, var(--_accent) 86%, #000);color:var(--_on-accent)}.more{flex-wrap:wrap;justify-content:space-between;gap:0 12px;display:flex}.quiet{min-height:28px;color:var(--_soft);background:0 0;border:0;border-radius:8px;align-items:center;gap:5px;padding:3px 6px;font-size:.75rem;display:inline-flex}.quiet:hover{color:var(--_ink);text-decoration:underline}.quiet svg{width:15px;height:15px}.notice{color:var(--lightningcss-light,#8c1d13)var(--lightningcss-dark,#ffc2bb);overflow-wrap:anywhere;background:var(--lightningcss-light,#fdeceb)var(--lightningcss-dark,#442220);border-radius:12px;padding:8px 12px;font-size:.8125rem}.request{text-align:center;border:1.5px dashed var(--lightningcss-light,#a9b4ba)var(--lightningcss-dark,#5a666e);border-radius:16px;justify-items:center;gap:6px;padding:12px;display:grid}.request.over{border-color:var(--_link);background:color-mix(in srgb, var(--_link) 8%, transparent)}.ways{flex-wrap:wrap;justify-content:center;gap:8px;display:flex}.ways label{position:relative}.ways label:focus-within{outline:2px solid var(--_link);outline-offset:2px}.hint{color:var(--_soft);text-wrap:balance;font-size:.75rem;line-height:1.35}.drop{display:block}.uploads{gap:8px;max-height:190px;list-style:none;display:grid;overflow-y:auto}.upload{align-items:center;gap:10px;display:flex}.upload redress-picture{border-radius:10px;flex:none;width:46px;height:46px}.about{flex:1;gap:3px;min-width:0;font-size:.8125rem;line-height:1.3;display:grid}.filename{text-overflow:ellipsis;white-space:nowrap;overflow:hidden}.progress{color:var(--_soft);font-variant-numeric:tabular-nums;font-size:.75rem}.why{color:var(--lightningcss-light,#a02319)var(--lightningcss-dark,#ffada4)}progress{appearance:none;background:var(--_sunken);width:100%;height:5px;color:var(--_link);border:0;border-radius:3px;overflow:hidden}progress::-webkit-progress-bar{background:var(--_sunken);border-radius:3px}progress::-webkit-progress-value{background:var(--_link);border-radius:3px;transition:inline-size .15s linear}progress::-moz-progress-bar{background:var(--_link);border-radius:3px}@media (pointer:coarse){.drop{display:none}}@media not (pointer:coarse){.ways .camera{display:none}}@media (max-width:480px),(max-height:480px){:host([open]){inset:0}:host([open]) #launcher{display:none}#panel{border:0;border-radius:0;width:100vw;height:100dvh;inset:0}#log{padding:12px}}@media (prefers-reduced-motion:reduce){*,:before,:after{transition:none!important;animation:none!important}.typing i{opacity:.6}}@media (forced-colors:active){.bubble,.chip,#launcher{border:1px solid}}";
// src/icons.ts
function G(e) {
	return A`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${e}</svg>`;
}
var ut = G(A`<path d="M20 4.5H4A1.5 1.5 0 0 0 2.5 6v10A1.5 1.5 0 0 0 4 17.5h3V21l4.5-3.5H20a1.5 1.5 0 0 0 1.5-1.5V6A1.5 1.5 0 0 0 20 4.5Z"/><path d="m8.5 11 2.5 2.5 4.5-4.5"/>`), dt = G(A`<path d="m6 6 12 12M18 6 6 18"/>`), ft = G(A`<path d="M12 19V5m-6 6 6-6 6 6"/>`), pt = G(A`<path d="m20 11.5-7.8 7.8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3"/>`), mt = G(A`<path d="M4 7.5h3l1.5-2.5h7L17 7.5h3A1.5 1.5 0 0 1 21.5 9v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/><circle cx="12" cy="13" r="3.5"/>`), ht = G(A`<path d="M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8Z"/><path d="M13.5 3v5h5"/>`), gt = G(A`<path d="M4 12a8 8 0 1 0 2.7-6M4 4v4.5h4.5"/>`), _t = G(A`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>`), vt = G(A`<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>`), yt = G(A`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.3 2"/>`), bt = G(A`<path d="M5.5 8h13l1 12h-15ZM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>`), xt = G(A`<path d="M3 7.5h18v3.2a1.8 1.8 0 0 0 0 3.6v3.2H3v-3.2a1.8 1.8 0 0 0 0-3.6ZM14.5 8v1.5m0 3v1.5m0 2.5v1"/>`), St = G(A`<path d="M12 5v14m-6-6 6 6 6-6"/>`), Ct = G(A`<path d="M6 12h12"/>`), wt = G(A`<path d="M6 12h12M12 6v12"/>`), Tt = G(A`<path d="m5 12.5 4.5 4.5L19 7.5"/>`), Et = {
	ATTRIBUTE: 1,
	CHILD: 2,
	PROPERTY: 3,
	BOOLEAN_ATTRIBUTE: 4,
	EVENT: 5,
	ELEMENT: 6
}, Dt = (e) => (...t) => ({
	_$litDirective$: e,
	values: t
}), Ot = class {
	constructor(e) {}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AT(e, t, n) {
		this._$Ct = e, this._$AM = t, this._$Ci = n;
	}
	_$AS(e, t) {
		return this.update(e, t);
	}
	update(e, t) {
		return this.render(...t);
	}
}, { I: kt } = Te, At = (e) => e, jt = (e) => e.strings === void 0, Mt = () => document.createComment(""), K = (e, t, n) => {
	let r = e._$AA.parentNode, i = t === void 0 ? e._$AB : t._$AA;
	if (n === void 0) n = new kt(r.insertBefore(Mt(), i), r.insertBefore(Mt(), i), e, e.options);
	else {
		let t = n._$AB.nextSibling, a = n._$AM, o = a !== e;
		if (o) {
			let t;
			n._$AQ?.(e), n._$AM = e, n._$AP !== void 0 && (t = e._$AU) !== a._$AU && n._$AP(t);
		}
		if (t !== i || o) {
			let e = n._$AA;
			for (; e !== t;) {
				let t = At(e).nextSibling;
				At(r).insertBefore(e, i), e = t;
			}
		}
	}
	return n;
}, q = (e, t, n = e) => (e._$AI(t, n), e), Nt = {}, Pt = (e, t = Nt) => e._$AH = t, Ft = (e) => e._$AH, It = (e) => {
	e._$AR(), e._$AA.remove();
}, Lt = (e, t, n) => {
	let r = /* @__PURE__ */ new Map();
	for (let i = t; i <= n; i++) r.set(e[i], i);
	return r;
}, Rt = Dt(class extends Ot {
	constructor(e) {
		if (super(e), e.type !== Et.CHILD) throw Error("repeat() can only be used in text expressions");
	}
	dt(e, t, n) {
		let r;
		n === void 0 ? n = t : t !== void 0 && (r = t);
		let i = [], a = [], o = 0;
		for (let t of e) i[o] = r ? r(t, o) : o, a[o] = n(t, o), o++;
		return {
			values: a,
			keys: i
		};
	}
	render(e, t, n) {
		return this.dt(e, t, n).values;
	}
	update(e, [t, n, r]) {
		let i = Ft(e), { values: a, keys: o } = this.dt(t, n, r);
		if (!Array.isArray(i)) return this.ut = o, a;
		let s = this.ut ??= [], c = [], l, u, d = 0, f = i.length - 1, p = 0, m = a.length - 1;
		for (; d <= f && p <= m;) if (i[d] === null) d++;
		else if (i[f] === null) f--;
		else if (s[d] === o[p]) c[p] = q(i[d], a[p]), d++, p++;
		else if (s[f] === o[m]) c[m] = q(i[f], a[m]), f--, m--;
		else if (s[d] === o[m]) c[m] = q(i[d], a[m]), K(e, c[m + 1], i[d]), d++, m--;
		else if (s[f] === o[p]) c[p] = q(i[f], a[p]), K(e, i[d], i[f]), f--, p++;
		else if (l === void 0 && (l = Lt(o, p, m), u = Lt(s, d, f)), l.has(s[d])) {
			if (l.has(s[f])) {
				let t = u.get(o[p]), n = t === void 0 ? null : i[t];
				if (n === null) {
					let t = K(e, i[d]);
					q(t, a[p]), c[p] = t;
				} else c[p] = q(n, a[p]), K(e, i[d], n), i[t] = null;
				p++;
			} else It(i[f]), f--;
		} else It(i[d]), d++;
		for (; p <= m;) {
			let t = K(e, c[m + 1]);
			q(t, a[p]), c[p++] = t;
		}
		for (; d <= f;) {
			let e = i[d++];
			e !== null && It(e);
		}
		return this.ut = o, Pt(e, c), j;
	}
});
// src/view/files.ts
function zt(e, { words: t, take: n, dragging: r }) {
	let i = (e) => {
		let t = e.target;
		n([...t.files ?? []]), t.value = "";
	}, a = e.accept.join(",");
	return k`<div class="request ${r ? "over" : ""}" role="group" aria-label=${e.label}>
    <div class="ways">
      <label class="choice">${pt}<span>${t.say("choose_files")}</span>
        <input class="unseen" type="file" multiple accept=${a} aria-label="${t.say("choose_files")}: ${e.label}" @change=${i} />
      </label>
      <label class="choice camera">${mt}<span>${t.say("take_photo")}</span>
        <input class="unseen" type="file" accept="image/*" capture="environment" aria-label="${t.say("take_photo")}: ${e.label}" @change=${i} />
      </label>
    </div>
    <p class="hint"><span class="drop">${t.say("drop_here")}</span> ${t.say("file_limits", { mb: t.megabytes(e.max_bytes) })}</p>
  </div>`;
}
function Bt({ words: e, uploads: t }) {
	return t.list.length ? k`<ul class="uploads" aria-label=${e.say("uploads")}>
    ${Rt(t.list, (e) => e.client_id, (n) => Vt(n, e, t))}
  </ul>` : M;
}
function Vt(e, t, n) {
	let r = e.file.name || e.label, i = e.state === "failed" || e.state === "refused", a = t.say("cancel_upload", { name: r }), o = t.say("retry_upload", { name: r });
	return k`<li class="upload ${e.state}">
    <redress-picture .source=${e.file} label=${r}></redress-picture>
    <div class="about">
      <span class="filename" dir="auto">${r}</span>
      ${i ? k`<span class="why" role="alert">${Ut(e, t)}</span>` : k`<progress max="1" value=${e.progress} aria-label=${t.say("upload_progress", { name: r })}></progress>
            <span class="progress">${Ht(e, t)}</span>`}
    </div>
    ${e.state === "failed" ? k`<button type="button" class="icon" aria-label=${o} title=${o} @click=${() => n.retry(e)}>${gt}</button>` : M}
    <button type="button" class="icon" aria-label=${a} title=${a} @click=${() => n.cancel(e)}>${dt}</button>
  </li>`;
}
function Ht(e, t) {
	return e.state === "waiting" ? t.say("upload_waiting") : e.progress >= 1 ? t.say("upload_checking") : t.say("upload_sending", { percent: Math.floor(e.progress * 100) });
}
function Ut(e, t) {
	return e.error ? t.why(e.error) : t.say("upload_failed");
}
// src/view/composer.ts
var Wt = { email: "email" }, Gt = {
	email: "email",
	number: "numeric"
};
function Kt(e) {
	let { words: t, conversation: n, take: r, dragging: i, person: a, download: o } = e, { upload: s, question: c } = n.transcript, l = {
		words: t,
		uploads: n.uploads,
		take: r,
		dragging: i
	}, u = e.notice || Xt(n, t);
	return k`<div class="composer" data-question=${c?.id ?? M}>
    ${Bt(l)}
    ${s ? zt(s, l) : M}
    <p class="notice" role="alert" ?hidden=${!u}>${u}</p>
    ${qt(e)}
    <div class="more">
      <button type="button" class="quiet" @click=${a}>${_t}<span>${t.say("person")}</span></button>
      <button type="button" class="quiet" @click=${o}>${vt}<span>${t.say("download")}</span></button>
    </div>
  </div>`;
}
function qt({ words: e, conversation: t, write: n }) {
	let { question: r, asking: i } = t.transcript, { memory: a, attendance: o } = t, s = r?.kind ?? "", c = Yt(i, e);
	return k`<form class="write" @submit=${(e) => {
		e.preventDefault();
		let t = e.currentTarget.querySelector("textarea"), r = t.value.trim();
		r && (a.unsent = "", t.value = "", n(r), t.focus());
	}}>
    <textarea id="message" rows="1" maxlength="4000" aria-label=${c.name} placeholder=${c.hint}
      autocomplete=${Wt[s] ?? "off"} inputmode=${Gt[s] ?? "text"} enterkeyhint="send"
      .value=${a.unsent} @input=${(e) => {
		a.unsent = e.target.value, o.type();
	}} @keydown=${Jt}></textarea>
    <button type="submit" class="icon send" aria-label=${e.say("send")} title=${e.say("send")}>${ft}</button>
  </form>`;
}
function Jt(e) {
	e.key !== "Enter" || e.shiftKey || e.isComposing || (e.preventDefault(), e.target.form.requestSubmit());
}
function Yt(e, t) {
	let n = e?.question?.kind, r = t.say(n ? `answer_${n}` : "message");
	return {
		hint: r,
		name: e ? `${r}: ${e.text.split("\n")[0]}` : r
	};
}
function Xt({ refusal: e }, t) {
	return e ? `${t.say("not_sent")}: “${e.outgoing.title.slice(0, 80)}”. ${t.why(e.why)}` : "";
}
// src/view/launcher.ts
var Zt = 9;
function Qt(e, t, n, r) {
	let i = n.say("launcher"), a = e ? 0 : t;
	return k`<button id="launcher" part="launcher" type="button" aria-expanded=${e} aria-controls="panel"
    aria-label=${a ? `${i}, ${n.say("unread", { count: a })}` : i} title=${i} @click=${r}>
    ${e ? dt : ut}
    ${a ? k`<span class="badge" aria-hidden="true">${a > Zt ? `${Zt}+` : a}</span>` : M}
  </button>`;
}
// node_modules/lit-html/async-directive.js
var J = (e, t) => {
	let n = e._$AN;
	if (n === void 0) return !1;
	for (let e of n) e._$AO?.(t, !1), J(e, t);
	return !0;
}, Y = (e) => {
	let t, n;
	do {
		if ((t = e._$AM) === void 0) break;
		n = t._$AN, n.delete(e), e = t;
	} while (n?.size === 0);
}, $t = (e) => {
	for (let t; t = e._$AM; e = t) {
		let n = t._$AN;
		if (n === void 0) t._$AN = n = /* @__PURE__ */ new Set();
		else if (n.has(e)) break;
		n.add(e), nn(t);
	}
};
function en(e) {
	this._$AN === void 0 ? this._$AM = e : (Y(this), this._$AM = e, $t(this));
}
function tn(e, t = !1, n = 0) {
	let r = this._$AH, i = this._$AN;
	if (i !== void 0 && i.size !== 0) {
		if (t) {
			if (Array.isArray(r)) for (let e = n; e < r.length; e++) J(r[e], !1), Y(r[e]);
			else r != null && (J(r, !1), Y(r));
		} else J(this, e);
	}
}
var nn = (e) => {
	e.type == Et.CHILD && (e._$AP ??= tn, e._$AQ ??= en);
}, rn = class extends Ot {
	constructor() {
		super(...arguments), this._$AN = void 0;
	}
	_$AT(e, t, n) {
		super._$AT(e, t, n), $t(this), this.isConnected = e._$AU;
	}
	_$AO(e, t = !0) {
		e !== this.isConnected && (this.isConnected = e, e ? this.reconnected?.() : this.disconnected?.()), t && (J(this, e), Y(this));
	}
	setValue(e) {
		if (jt(this._$Ct)) this._$Ct._$AI(e, this);
		else {
			let t = [...this._$Ct._$AH];
			t[this._$Ci] = e, this._$Ct._$AI(t, this, 0);
		}
	}
	disconnected() {}
	reconnected() {}
}, an = () => new on(), on = class {}, sn = /* @__PURE__ */ new WeakMap(), cn = Dt(class extends rn {
	render(e) {
		return M;
	}
	update(e, [t]) {
		let n = t !== this.G;
		return n && this.rt(void 0), (n || this.lt !== this.ct) && (this.G = t, this.ht = e.options?.host, this.rt(this.ct = e.element)), M;
	}
	rt(e) {
		if (this.G !== void 0) {
			if (this.isConnected || (e = void 0), typeof this.G == "function") {
				let t = this.ht ?? globalThis, n = sn.get(t);
				n === void 0 && (n = /* @__PURE__ */ new WeakMap(), sn.set(t, n)), n.get(this.G) !== void 0 && this.G.call(this.ht, void 0), n.set(this.G, e), e !== void 0 && this.G.call(this.ht, e);
			} else this.G.value = e;
		}
	}
	get lt() {
		return typeof this.G == "function" ? sn.get(this.ht ?? globalThis)?.get(this.G) : this.G?.value;
	}
	disconnected() {
		this.lt === this.ct && this.rt(void 0);
	}
	reconnected() {
		this.rt(this.ct);
	}
}), ln = /^(.*) × (\d+)$/s;
function un(e, t) {
	let n = e.question?.kind;
	return k`${dn(e, t)}
  ${n === "date" ? pn(e, t) : M}
  ${n === "number" && !e.choices?.length ? mn(e, t) : M}`;
}
function dn(e, { words: t, press: n }) {
	if (!e.choices?.length) return M;
	let r = e.question?.kind === "items";
	return k`<div class="choices ${r ? "items" : ""}" role="group" aria-label=${e.text.split("\n")[0] || t.say("choices")}>
    ${e.choices.map(({ title: e, payload: t }) => k`<button
        type="button"
        class=${r ? "item" : "choice"}
        @click=${() => n(e, t)}
      >${r ? fn(e) : k`<span dir="auto">${e}</span>`}</button>`)}
  </div>`;
}
function fn(e) {
	let [, t = e, n] = ln.exec(e) ?? [];
	return k`<span class="glyph">${bt}</span><span class="what" dir="auto">${t}</span>
    ${n ? k`<span class="units">× ${n}</span>` : M}`;
}
function pn(e, { words: t, say: n }) {
	let r = an(), i = /* @__PURE__ */ new Date();
	return k`<form class="pick" @submit=${(e) => {
		e.preventDefault(), r.value?.value && n(r.value.value);
	}}>
    <input type="date" required max=${(/* @__PURE__ */ new Date(i.getTime() - i.getTimezoneOffset() * 6e4)).toISOString().slice(0, 10)} aria-label=${e.text.split("\n")[0] || t.say("answer_date")} ${cn(r)} />
    <button type="submit" class="choice">${t.say("use_answer")}</button>
  </form>`;
}
function mn(e, { words: t, say: n }) {
	let r = an(), i = (e) => () => e > 0 ? r.value.stepUp() : r.value.stepDown();
	return k`<form class="pick" @submit=${(e) => {
		e.preventDefault(), n(r.value.value);
	}}>
    <button type="button" class="icon" aria-label=${t.say("less")} @click=${i(-1)}>${Ct}</button>
    <input type="number" required min="1" step="1" value="1" inputmode="numeric"
      aria-label=${e.text.split("\n")[0] || t.say("answer_number")} ${cn(r)} />
    <button type="button" class="icon" aria-label=${t.say("more")} @click=${i(1)}>${wt}</button>
    <button type="submit" class="choice">${t.say("use_answer")}</button>
  </form>`;
}
// src/view/cards.ts
function hn({ text: e, assessment: t }, n) {
	let { outcome: r, deadline: i, remedies: a = [], clauses: o = [] } = t, s = e.split("\n").filter(Boolean), [c, ...l] = s.slice(0, s.length - o.length), u = l.filter((e) => !a.includes(e));
	return k`<article class="card outcome" data-outcome=${r} aria-label=${n.say("summary")}>
    <p class="chip">${n.sayIfKnown(`outcome_${r}`) ?? r}</p>
    <p class="lead" dir="auto">${c}</p>
    ${a.length ? k`<ul class="remedies">${a.map((e) => k`<li>${Tt}<span dir="auto">${e}</span></li>`)}</ul>` : M}
    ${u.map((e) => k`<p dir="auto">${e}</p>`)}
    ${o.length ? k`<div class="policy">
          <p>${n.say("policy")}</p>
          <ul>${o.map(({ ref: e, says: t }) => k`<li dir="auto">${t} <span class="ref">${n.say("clause", { ref: e })}</span></li>`)}</ul>
        </div>` : M}
    ${i ? gn(i, n) : M}
  </article>`;
}
function gn(e, t) {
	return k`<p class="deadline">
    ${yt}<span>${t.say("deadline")}</span>
    <time datetime=${e}>${t.instant(e)}</time>
    <span class="distance">${t.distance(e)}</span>
  </p>`;
}
function _n(e, t) {
	let { number: n, state: r } = e.ticket;
	return k`<article class="card ticket" data-state=${r} aria-label="${t.say("ticket")} ${n}">
    <p class="head">${xt}<strong>${n}</strong></p>
    <p class="chip">${t.sayIfKnown(`state_${r}`) ?? r}</p>
    <p dir="auto">${e.text}</p>
  </article>`;
}
// src/view/lines.ts
var vn = /^\d{4}-\d\d-\d\d$/;
function yn(e, t) {
	return k`${Rt(e.map((t, n) => ({
		line: t,
		before: e[n - 1],
		after: e[n + 1]
	})), ({ line: e }) => e.author === "buyer" ? e.client_id : e.id, ({ line: e, before: n, after: r }) => k`${bn(e, n, t)}${xn(e, n, r, t)}`)}`;
}
function bn(e, t, { words: n }) {
	let r = n.day(e.created_at);
	return t && n.day(t.created_at) === r ? M : k`<p class="day">${r}</p>`;
}
function xn(e, t, n, r) {
	let i = e.author === U, a = et.has(e.author), o = !n || n.author !== e.author, s = i ? r.words.say("you") : a ? r.words.say("assistant") : e.author, c = !i && !a && t?.author !== e.author;
	return k`<div class="row ${i ? "mine" : "theirs"} ${o ? "last" : ""}" data-id=${e.id ?? M}>
    <span class="unseen">${s}:</span>
    ${c ? k`<span class="name" aria-hidden="true">${_t}${s}</span>` : M}
    ${e.assessment ? hn(e, r.words) : e.ticket ? _n(e, r.words) : Tn(e, r)}
    ${Cn(e, r) || o && !(n && Sn(e, n)) ? k`<span class="meta">${wn(e, r)}</span>` : M}
  </div>`;
}
function Sn(e, t) {
	return Math.floor(Date.parse(e.created_at) / 6e4) === Math.floor(Date.parse(t.created_at) / 6e4);
}
function Cn(e, { waiting: t, online: n }) {
	return !n && !!e.client_id && t.has(e.client_id);
}
function wn(e, t) {
	let { words: n, readTo: r } = t;
	if (Cn(e, t)) return k`${yt}${n.say("queued")}`;
	let i = e.author === "buyer" && e.id && Number(e.id) <= r;
	return k`<time datetime=${e.created_at}>${n.time(e.created_at)}</time>${i ? ` · ${n.say("read")}` : ""}`;
}
function Tn(e, { words: t, api: n }) {
	return e.evidence ? En(e, t, n) : k`<div class="bubble" dir="auto">${e.author === "buyer" && vn.test(e.text) ? t.date(e.text) : e.text}</div>`;
}
function En(e, t, n) {
	let r = e.text.replace(/^\[(.*)\]$/s, "$1"), i = e.evidence.links.thumbnail;
	return k`<figure class="bubble photo">
    <redress-picture .source=${kn(n, i)} label=${t.say("photo_sent", { label: r })}></redress-picture>
    <figcaption dir="auto">${r}</figcaption>
  </figure>`;
}
var Dn = /* @__PURE__ */ new Map(), On = /* @__PURE__ */ new Map();
function kn(e, t) {
	let n = t.split("?")[0];
	Dn.set(n, t);
	let r = On.get(n) ?? (() => e.picture(Dn.get(n)));
	return On.set(n, r), r;
}
// src/view/panel.ts
function An(e, t, n) {
	let r = t.say("close");
	return k`<div class="top">
    <span class="mark">${ut}</span>
    <div><h2 id="title">${t.say("title")}</h2><p>${jn(e, t)}</p></div>
    <button type="button" class="icon" aria-label=${r} title=${r} @click=${n}>${dt}</button>
  </div>`;
}
function jn({ attendance: { presence: e } }, t) {
	return e?.mode === "person" ? t.say("with_person", { name: e.person ?? t.say("a_person") }) : t.say(e?.mode === "waiting" ? "waiting_person" : "subtitle");
}
function Mn(e, t) {
	let n = !e.ready && !e.failure, r = navigator.onLine ? e.connection.troubled ? "reconnecting" : n ? "opening" : "" : "offline";
	return k`<p class="connection" role="status">${r && t.say(r)}</p>`;
}
function Nn(e, t) {
	let { words: n, conversation: r } = e;
	return k`<div id="log" role="log" aria-label=${n.say("log")} aria-busy=${!r.ready} tabindex="0" @scroll=${t}>
    ${r.failure ? k`<p class="day">${n.say("cannot_open")}</p>` : Pn(e)}
  </div>`;
}
function Pn({ words: e, conversation: t, api: n, answering: r }) {
	let { transcript: i, attendance: a, outbox: o, connection: s } = t, c = new Set(o.waiting.map((e) => e.client_id)), l = a.presence?.mode === "person" ? Number(a.presence.read) : 0, u = Fn(t, e);
	return k`${yn(i.lines, {
		words: e,
		api: n,
		waiting: c,
		online: !s.troubled,
		readTo: l
	})}
  ${i.latest.map((e) => un(e, r))}
  ${u ? k`<div class="row theirs"><div class="bubble typing"><i></i><i></i><i></i><span class="unseen">${u}</span></div></div>` : M}`;
}
function Fn({ attendance: { presence: e }, awaiting: t }, n) {
	return e?.mode === "person" ? e.typing ? n.say("person_typing", { name: e.person ?? n.say("a_person") }) : "" : t && e?.mode !== "waiting" ? n.say("typing") : "";
}
function In(e, t) {
	let n = e.say("to_newest");
	return k`<button type="button" class="newest icon" aria-label=${n} title=${n} @click=${t}>${St}</button>`;
}
// node_modules/@messageformat/runtime/esm/runtime.js
function X(e) {
	return X[e] || (X[e] = new Intl.NumberFormat(e));
}
function Z(e, t, n) {
	return X(e).format(t - n);
}
function Q(e, t, n, r, i) {
	if ({}.hasOwnProperty.call(r, e)) return r[e];
	t && (e -= t);
	let a = n(e, i);
	return a in r ? r[a] : r.other;
}
// node_modules/make-plural/cardinals.mjs
var Ln = (e) => {
	let t = !String(e).split(".")[1];
	return e == 1 && t ? "one" : "other";
}, Rn = (e) => "other", zn = Ln, Bn = (e) => {
	let t = String(e).split("."), n = t[0], r = !t[1], i = n.slice(-6);
	return e == 1 ? "one" : n != 0 && i == 0 && r ? "many" : "other";
}, Vn = (e) => {
	let t = String(e).split("."), n = t[0], r = !t[1], i = n.slice(-1), a = n.slice(-2);
	return r && i == 1 && a != 11 ? "one" : r && i >= 2 && i <= 4 && (a < 12 || a > 14) ? "few" : r && i == 0 || r && i >= 5 && i <= 9 || r && a >= 11 && a <= 14 ? "many" : "other";
}, Hn = Rn, $ = {
	en: {
		title: () => "Help with your order",
		subtitle: () => "Answers at once, any time",
		launcher: () => "Help with an order",
		unread: (e) => Q(e.count, 0, zn, {
			one: Z("en", e.count, 0) + " new message",
			other: Z("en", e.count, 0) + " new messages"
		}),
		close: () => "Close the chat",
		log: () => "Conversation",
		you: () => "You",
		assistant: () => "Assistant",
		typing: () => "The assistant is typing",
		person_typing: (e) => e.name + " is typing",
		a_person: () => "A person",
		with_person: (e) => e.name + " is answering you",
		waiting_person: () => "A person will answer you here",
		read: () => "Read",
		today: () => "Today",
		yesterday: () => "Yesterday",
		message: () => "Your message",
		answer_order_number: () => "Order number",
		answer_email: () => "E-mail address",
		answer_text: () => "Your answer",
		answer_choice: () => "Choose above, or write",
		answer_items: () => "Choose above, or name the items",
		answer_number: () => "How many",
		answer_yes_no: () => "Choose above, or write",
		answer_date: () => "Date",
		answer_upload: () => "Send a file, or write",
		send: () => "Send",
		choices: () => "Answers to choose from",
		less: () => "Fewer",
		more: () => "More",
		use_answer: () => "OK",
		choose_files: () => "Choose a file",
		take_photo: () => "Take a photo",
		drop_here: () => "Drop or paste a photo here",
		file_limits: (e) => "JPEG, PNG, WebP, HEIC or PDF, up to " + e.mb + " MB",
		uploads: () => "Files being sent",
		upload_waiting: () => "Waiting",
		upload_sending: (e) => "Sending, " + e.percent + "%",
		upload_checking: () => "Checking",
		upload_failed: () => "Could not be sent. The connection was lost.",
		upload_progress: (e) => "Sending " + e.name,
		cancel_upload: (e) => "Cancel " + e.name,
		retry_upload: (e) => "Try " + e.name + " again",
		too_many_files: (e) => "At most " + Q(e.most, 0, zn, {
			one: Z("en", e.most, 0) + " file",
			other: Z("en", e.most, 0) + " files"
		}) + " at a time: the first ones are being sent.",
		not_asked: () => "No file is needed right now. Please answer the question first.",
		photo_sent: (e) => "Sent: " + e.label,
		queued: () => "Will be sent when you are back online",
		not_sent: () => "Not sent",
		offline: () => "You are offline. What you write is kept and sent later.",
		reconnecting: () => "Reconnecting…",
		opening: () => "Opening the conversation…",
		cannot_open: () => "The chat cannot be opened on this page.",
		person: () => "Talk to a person",
		download: () => "Download the conversation",
		to_newest: () => "To the newest message",
		summary: () => "What the policy says",
		outcome_qualifies: () => "Qualifies",
		outcome_awaiting_evidence: () => "Evidence is missing",
		outcome_referred: () => "A person decides",
		outcome_declined: () => "Not covered",
		outcome_too_early: () => "Too early",
		policy: () => "The shop's policy",
		clause: (e) => "Clause " + e.ref,
		deadline: () => "Deadline",
		ticket: () => "Ticket",
		state_awaiting_evidence: () => "Waiting for evidence",
		state_in_review: () => "In review",
		state_approved: () => "Approved",
		state_declined: () => "Declined",
		state_appealed: () => "Being looked at again",
		state_settled: () => "Settled",
		state_withdrawn: () => "Withdrawn",
		state_expired: () => "Expired",
		error_other: () => "It could not be taken.",
		error_invalid_request: () => "No file is needed right now.",
		error_too_many_uploads: () => "No more files can be sent in this conversation.",
		error_conflict: () => "The desk was busy. Please send it again.",
		error_unknown_choice: () => "That choice belongs to a question that is no longer open.",
		error_invalid_message: () => "The message could not be taken. Please shorten it.",
		error_too_large: () => "The file is too large. Please send a smaller one.",
		error_too_many_pixels: () => "The picture is too large. Please send a smaller one.",
		error_unsupported_type: () => "This kind of file cannot be used. Please send a photo (JPEG, PNG, WebP or HEIC) or a PDF.",
		error_empty: () => "The file is empty. Please choose another one.",
		error_broken: () => "The file is damaged or incomplete. Please send it again, or take a new photo.",
		error_encrypted: () => "The PDF is protected by a password. Please send it without one.",
		error_too_many_pages: () => "The PDF has too many pages. Please send only those that matter.",
		error_infected: () => "The virus scanner does not let this file through. Please send another one."
	},
	"zh-CN": {
		title: () => "订单帮助",
		subtitle: () => "随时为您即时解答",
		launcher: () => "订单帮助",
		unread: (e) => Q(e.count, 0, Hn, { other: Z("zh-CN", e.count, 0) + " 条新消息" }),
		close: () => "关闭聊天",
		log: () => "对话",
		you: () => "您",
		assistant: () => "智能助手",
		typing: () => "助手正在输入",
		person_typing: (e) => e.name + " 正在输入",
		a_person: () => "客服",
		with_person: (e) => e.name + " 正在为您服务",
		waiting_person: () => "客服稍后会在此回复您",
		read: () => "已读",
		today: () => "今天",
		yesterday: () => "昨天",
		message: () => "您的消息",
		answer_order_number: () => "订单号",
		answer_email: () => "电子邮箱",
		answer_text: () => "您的回答",
		answer_choice: () => "请选择，或直接输入",
		answer_items: () => "请选择，或输入商品名称",
		answer_number: () => "数量",
		answer_yes_no: () => "请选择，或直接输入",
		answer_date: () => "日期",
		answer_upload: () => "请发送文件，或直接输入",
		send: () => "发送",
		choices: () => "可选回答",
		less: () => "减少",
		more: () => "增加",
		use_answer: () => "确定",
		choose_files: () => "选择文件",
		take_photo: () => "拍照",
		drop_here: () => "将照片拖放或粘贴到此处",
		file_limits: (e) => "JPEG、PNG、WebP、HEIC 或 PDF，最大 " + e.mb + " MB",
		uploads: () => "正在发送的文件",
		upload_waiting: () => "等待中",
		upload_sending: (e) => "发送中 " + e.percent + "%",
		upload_checking: () => "正在检查",
		upload_failed: () => "发送失败，网络连接中断。",
		upload_progress: (e) => "正在发送 " + e.name,
		cancel_upload: (e) => "取消 " + e.name,
		retry_upload: (e) => "重试 " + e.name,
		too_many_files: (e) => "一次最多发送 " + e.most + " 个文件，正在发送前面的文件。",
		not_asked: () => "现在不需要文件，请先回答问题。",
		photo_sent: (e) => "已发送：" + e.label,
		queued: () => "恢复联网后发送",
		not_sent: () => "未发送",
		offline: () => "您已离线。您输入的内容会保留，稍后发送。",
		reconnecting: () => "正在重新连接…",
		opening: () => "正在打开对话…",
		cannot_open: () => "此页面无法打开聊天。",
		person: () => "联系人工客服",
		download: () => "下载对话",
		to_newest: () => "转到最新消息",
		summary: () => "按政策的结论",
		outcome_qualifies: () => "符合条件",
		outcome_awaiting_evidence: () => "尚缺证据",
		outcome_referred: () => "由人工决定",
		outcome_declined: () => "不在范围内",
		outcome_too_early: () => "为时尚早",
		policy: () => "店铺政策",
		clause: (e) => "条款 " + e.ref,
		deadline: () => "截止时间",
		ticket: () => "工单",
		state_awaiting_evidence: () => "等待证据",
		state_in_review: () => "审核中",
		state_approved: () => "已批准",
		state_declined: () => "已拒绝",
		state_appealed: () => "申诉中",
		state_settled: () => "已完结",
		state_withdrawn: () => "已撤回",
		state_expired: () => "已过期",
		error_other: () => "无法接收。",
		error_invalid_request: () => "现在不需要文件。",
		error_too_many_uploads: () => "本次对话可发送的文件数量已达上限。",
		error_conflict: () => "系统繁忙，请重新发送。",
		error_unknown_choice: () => "该选项所属的问题已结束。",
		error_invalid_message: () => "消息无法接收，请缩短后重试。",
		error_too_large: () => "文件太大，请发送较小的文件。",
		error_too_many_pixels: () => "图片尺寸太大，请发送较小的图片。",
		error_unsupported_type: () => "不支持此类文件。请发送照片（JPEG、PNG、WebP 或 HEIC）或 PDF。",
		error_empty: () => "文件为空，请重新选择。",
		error_broken: () => "文件已损坏或不完整。请重新发送或重新拍照。",
		error_encrypted: () => "PDF 受密码保护，请发送无密码的文件。",
		error_too_many_pages: () => "PDF 页数过多，请只发送相关页面。",
		error_infected: () => "文件未通过病毒扫描，请发送其他文件。"
	},
	es: {
		title: () => "Ayuda con su pedido",
		subtitle: () => "Responde al momento, a cualquier hora",
		launcher: () => "Ayuda con un pedido",
		unread: (e) => Q(e.count, 0, Bn, {
			one: Z("es", e.count, 0) + " mensaje nuevo",
			other: Z("es", e.count, 0) + " mensajes nuevos"
		}),
		close: () => "Cerrar el chat",
		log: () => "Conversación",
		you: () => "Usted",
		assistant: () => "Asistente",
		typing: () => "El asistente está escribiendo",
		person_typing: (e) => e.name + " está escribiendo",
		a_person: () => "Una persona",
		with_person: (e) => "Le atiende " + e.name,
		waiting_person: () => "Una persona le responderá aquí",
		read: () => "Leído",
		today: () => "Hoy",
		yesterday: () => "Ayer",
		message: () => "Su mensaje",
		answer_order_number: () => "Número de pedido",
		answer_email: () => "Correo electrónico",
		answer_text: () => "Su respuesta",
		answer_choice: () => "Elija arriba, o escriba",
		answer_items: () => "Elija arriba, o nombre los artículos",
		answer_number: () => "Cuántos",
		answer_yes_no: () => "Elija arriba, o escriba",
		answer_date: () => "Fecha",
		answer_upload: () => "Envíe un archivo, o escriba",
		send: () => "Enviar",
		choices: () => "Respuestas para elegir",
		less: () => "Menos",
		more: () => "Más",
		use_answer: () => "Aceptar",
		choose_files: () => "Elegir archivo",
		take_photo: () => "Hacer una foto",
		drop_here: () => "Arrastre o pegue aquí una foto",
		file_limits: (e) => "JPEG, PNG, WebP, HEIC o PDF, hasta " + e.mb + " MB",
		uploads: () => "Archivos en envío",
		upload_waiting: () => "En espera",
		upload_sending: (e) => "Enviando, " + e.percent + " %",
		upload_checking: () => "Comprobando",
		upload_failed: () => "No se pudo enviar. Se perdió la conexión.",
		upload_progress: (e) => "Enviando " + e.name,
		cancel_upload: (e) => "Cancelar " + e.name,
		retry_upload: (e) => "Reintentar " + e.name,
		too_many_files: (e) => "Como máximo " + Q(e.most, 0, Bn, {
			one: Z("es", e.most, 0) + " archivo",
			other: Z("es", e.most, 0) + " archivos"
		}) + " a la vez: se envían los primeros.",
		not_asked: () => "Ahora no hace falta ningún archivo. Responda antes a la pregunta.",
		photo_sent: (e) => "Enviado: " + e.label,
		queued: () => "Se enviará cuando vuelva la conexión",
		not_sent: () => "No enviado",
		offline: () => "Sin conexión. Lo que escriba se guarda y se envía después.",
		reconnecting: () => "Reconectando…",
		opening: () => "Abriendo la conversación…",
		cannot_open: () => "El chat no se puede abrir en esta página.",
		person: () => "Hablar con una persona",
		download: () => "Descargar la conversación",
		to_newest: () => "Al último mensaje",
		summary: () => "Lo que dice la política",
		outcome_qualifies: () => "Procede",
		outcome_awaiting_evidence: () => "Faltan pruebas",
		outcome_referred: () => "Decide una persona",
		outcome_declined: () => "No está cubierto",
		outcome_too_early: () => "Demasiado pronto",
		policy: () => "Política de la tienda",
		clause: (e) => "Cláusula " + e.ref,
		deadline: () => "Plazo",
		ticket: () => "Caso",
		state_awaiting_evidence: () => "A la espera de pruebas",
		state_in_review: () => "En revisión",
		state_approved: () => "Aprobado",
		state_declined: () => "Rechazado",
		state_appealed: () => "En segunda revisión",
		state_settled: () => "Resuelto",
		state_withdrawn: () => "Retirado",
		state_expired: () => "Caducado",
		error_other: () => "No se ha podido aceptar.",
		error_invalid_request: () => "Ahora no hace falta ningún archivo.",
		error_too_many_uploads: () => "No se pueden enviar más archivos en esta conversación.",
		error_conflict: () => "El sistema estaba ocupado. Envíelo otra vez.",
		error_unknown_choice: () => "Esa opción pertenece a una pregunta ya cerrada.",
		error_invalid_message: () => "No se pudo aceptar el mensaje. Acórtelo.",
		error_too_large: () => "El archivo es demasiado grande. Envíe uno más pequeño.",
		error_too_many_pixels: () => "La imagen es demasiado grande. Envíe una más pequeña.",
		error_unsupported_type: () => "Este tipo de archivo no sirve. Envíe una foto (JPEG, PNG, WebP o HEIC) o un PDF.",
		error_empty: () => "El archivo está vacío. Elija otro.",
		error_broken: () => "El archivo está dañado o incompleto. Envíelo otra vez, o haga otra foto.",
		error_encrypted: () => "El PDF tiene contraseña. Envíelo sin ella.",
		error_too_many_pages: () => "El PDF tiene demasiadas páginas. Envíe solo las importantes.",
		error_infected: () => "El antivirus no deja pasar este archivo. Envíe otro."
	},
	ru: {
		title: () => "Помощь с заказом",
		subtitle: () => "Отвечаем сразу в любое время",
		launcher: () => "Помощь с заказом",
		unread: (e) => Q(e.count, 0, Vn, {
			one: Z("ru", e.count, 0) + " новое сообщение",
			few: Z("ru", e.count, 0) + " новых сообщения",
			many: Z("ru", e.count, 0) + " новых сообщений",
			other: Z("ru", e.count, 0) + " нового сообщения"
		}),
		close: () => "Закрыть чат",
		log: () => "Переписка",
		you: () => "Вы",
		assistant: () => "Помощник",
		typing: () => "Помощник печатает",
		person_typing: (e) => e.name + " печатает",
		a_person: () => "Сотрудник",
		with_person: (e) => "Вам отвечает " + e.name,
		waiting_person: () => "Здесь вам ответит сотрудник",
		read: () => "Прочитано",
		today: () => "Сегодня",
		yesterday: () => "Вчера",
		message: () => "Ваше сообщение",
		answer_order_number: () => "Номер заказа",
		answer_email: () => "Электронная почта",
		answer_text: () => "Ваш ответ",
		answer_choice: () => "Выберите выше или напишите",
		answer_items: () => "Выберите выше или назовите товары",
		answer_number: () => "Сколько",
		answer_yes_no: () => "Выберите выше или напишите",
		answer_date: () => "Дата",
		answer_upload: () => "Отправьте файл или напишите",
		send: () => "Отправить",
		choices: () => "Варианты ответа",
		less: () => "Меньше",
		more: () => "Больше",
		use_answer: () => "Готово",
		choose_files: () => "Выбрать файл",
		take_photo: () => "Сделать фото",
		drop_here: () => "Перетащите или вставьте фото сюда",
		file_limits: (e) => "JPEG, PNG, WebP, HEIC или PDF, до " + e.mb + " МБ",
		uploads: () => "Отправляемые файлы",
		upload_waiting: () => "Ожидает",
		upload_sending: (e) => "Отправка, " + e.percent + " %",
		upload_checking: () => "Проверяется",
		upload_failed: () => "Не удалось отправить. Соединение прервалось.",
		upload_progress: (e) => "Отправляется " + e.name,
		cancel_upload: (e) => "Отменить " + e.name,
		retry_upload: (e) => "Повторить " + e.name,
		too_many_files: (e) => "Не больше " + Q(e.most, 0, Vn, {
			one: Z("ru", e.most, 0) + " файла",
			other: Z("ru", e.most, 0) + " файлов"
		}) + " за раз: отправляются первые.",
		not_asked: () => "Сейчас файл не нужен. Сначала ответьте на вопрос.",
		photo_sent: (e) => "Отправлено: " + e.label,
		queued: () => "Будет отправлено, когда появится связь",
		not_sent: () => "Не отправлено",
		offline: () => "Нет связи. Всё написанное сохранится и отправится позже.",
		reconnecting: () => "Восстанавливаем связь…",
		opening: () => "Открываем переписку…",
		cannot_open: () => "На этой странице чат открыть нельзя.",
		person: () => "Поговорить с человеком",
		download: () => "Скачать переписку",
		to_newest: () => "К последнему сообщению",
		summary: () => "Что говорят правила",
		outcome_qualifies: () => "Обоснованно",
		outcome_awaiting_evidence: () => "Не хватает доказательств",
		outcome_referred: () => "Решает человек",
		outcome_declined: () => "Не покрывается",
		outcome_too_early: () => "Слишком рано",
		policy: () => "Правила магазина",
		clause: (e) => "Пункт " + e.ref,
		deadline: () => "Срок",
		ticket: () => "Обращение",
		state_awaiting_evidence: () => "Ждёт доказательств",
		state_in_review: () => "На рассмотрении",
		state_approved: () => "Одобрено",
		state_declined: () => "Отклонено",
		state_appealed: () => "Повторное рассмотрение",
		state_settled: () => "Завершено",
		state_withdrawn: () => "Отозвано",
		state_expired: () => "Истекло",
		error_other: () => "Это не удалось принять.",
		error_invalid_request: () => "Сейчас файл не нужен.",
		error_too_many_uploads: () => "В этой переписке больше нельзя отправлять файлы.",
		error_conflict: () => "Система была занята. Отправьте ещё раз.",
		error_unknown_choice: () => "Этот вариант относится к уже закрытому вопросу.",
		error_invalid_message: () => "Сообщение не принято. Сократите его.",
		error_too_large: () => "Файл слишком большой. Отправьте файл поменьше.",
		error_too_many_pixels: () => "Изображение слишком большое. Отправьте поменьше.",
		error_unsupported_type: () => "Такой файл не подходит. Отправьте фото (JPEG, PNG, WebP или HEIC) или PDF.",
		error_empty: () => "Файл пуст. Выберите другой.",
		error_broken: () => "Файл повреждён или неполон. Отправьте его снова или сделайте новое фото.",
		error_encrypted: () => "PDF защищён паролем. Отправьте файл без пароля.",
		error_too_many_pages: () => "В PDF слишком много страниц. Отправьте только нужные.",
		error_infected: () => "Антивирус не пропустил файл. Отправьте другой."
	}
}, Un = Object.keys($), Wn = class {
	constructor(e) {
		let t = (e) => e.toLowerCase().split(/[-_]/)[0];
		this.language = Un.find((n) => t(n) === t(e)) ?? "en", this.region = navigator.languages.find((e) => t(e) === t(this.language)) ?? this.language;
	}
	say(e, t = {}) {
		return $[this.language][e](t);
	}
	why(e) {
		return this.sayIfKnown(`error_${e.code}`) ?? (e.message || this.say("error_other"));
	}
	sayIfKnown(e) {
		return $[this.language][e]?.({});
	}
	time(e) {
		return this.format(e, {
			hour: "numeric",
			minute: "2-digit"
		});
	}
	day(e, t = /* @__PURE__ */ new Date()) {
		let n = Math.round((Gn(t) - Gn(new Date(e))) / 864e5);
		return n === 0 ? this.say("today") : n === 1 ? this.say("yesterday") : this.format(e, {
			weekday: "long",
			day: "numeric",
			month: "long"
		});
	}
	instant(e) {
		return this.format(e, {
			weekday: "short",
			day: "numeric",
			month: "long",
			hour: "numeric",
			minute: "2-digit",
			timeZoneName: "short"
		});
	}
	distance(e, t = Date.now()) {
		let n = (Date.parse(e) - t) / 36e5, r = new Intl.RelativeTimeFormat(this.region, { numeric: "auto" });
		return Math.abs(n) < 48 ? r.format(Math.trunc(n), "hour") : r.format(Math.trunc(n / 24), "day");
	}
	date(e) {
		let t = /* @__PURE__ */ new Date(`${e}T12:00:00`);
		return Number.isNaN(t.getTime()) ? e : new Intl.DateTimeFormat(this.region, {
			day: "numeric",
			month: "long",
			year: "numeric"
		}).format(t);
	}
	megabytes(e) {
		return new Intl.NumberFormat(this.region, { maximumFractionDigits: 1 }).format(e / 1048576);
	}
	format(e, t) {
		return new Intl.DateTimeFormat(this.region, t).format(new Date(e));
	}
};
function Gn(e) {
	return new Date(e.getFullYear(), e.getMonth(), e.getDate()).getTime();
}
// src/chat.ts
var Kn = class extends z {
	static {
		this.styles = a(lt);
	}
	static {
		this.properties = {
			shop: {},
			locale: {},
			customerToken: { attribute: "customer-token" },
			position: { reflect: !0 },
			open: {
				type: Boolean,
				reflect: !0
			},
			base: {},
			notice: { state: !0 }
		};
	}
	constructor() {
		super(), this.api = new je(""), this.words = new Wn("en"), this.attention = new Le(this), this.receiving = new ct(this, (e) => this.take(e)), this.opened = !1, this.pressed = !1, this.left = !1, this.toggle = () => {
			this.open = !this.open;
		}, this.press = (e, t) => {
			this.pressed = !0, this.sending(), this.conversation.press(e, t);
		}, this.answer = (e) => {
			this.pressed = !0, this.write(e);
		}, this.write = (e) => {
			this.sending(), this.conversation.say(e);
		}, this.take = (e) => {
			let t = this.conversation, n = t.transcript.upload;
			if (!e.length) return;
			if (!n) {
				this.notice = this.words.say("not_asked");
				return;
			}
			let [r = ""] = n.kind.split("|"), i = t.uploads.add(e, r, n.label, n.max_bytes);
			this.notice = i ? "" : this.words.say("too_many_files", { most: 10 }), this.pressed = !0;
		}, this.askForPerson = () => {
			let e = this.conversation?.memory.conversation?.menu[0];
			e ? this.press(e.title, e.payload) : this.answer(this.words.say("person"));
		}, this.download = async () => {
			let e = await this.conversation.transcriptAddress();
			if (!e) return;
			let t = document.createElement("a");
			t.href = e, t.download = "", t.click();
		}, this.onKey = (e) => {
			e.key === "Escape" && !e.isComposing ? this.open = !1 : this.attention.keep(e);
		}, this.shop = "", this.locale = "", this.customerToken = "", this.position = "end", this.open = !1, this.base = new URL(import.meta.url).origin, this.notice = "";
	}
	connectedCallback() {
		super.connectedCallback(), this.hasUpdated && this.configure();
	}
	willUpdate(e) {
		[
			"shop",
			"locale",
			"customerToken",
			"base"
		].some((t) => e.has(t)) && this.configure(), e.has("open") && (this.open && (this.opened = !0, this.attention.leavePage(), this.conversation?.start(!0)), this.left = !this.open && this.shadowRoot?.activeElement != null);
	}
	updated(e) {
		this.open && (this.conversation?.markRead(), this.attention.followNewest()), (e.get("open") === !1 || e.has("open") && this.attention.covers) && this.attention.enter(), e.has("open") && this.left && this.attention.returnToPage(), this.pressed && !this.conversation?.awaiting && !this.conversation?.uploads.busy && (this.pressed = !1, this.open && this.attention.goOn());
	}
	render() {
		let { words: e, conversation: t, attention: n, receiving: r } = this, i = Qt(this.open, t?.unread ?? 0, e, this.toggle);
		if (!this.opened || !t) return i;
		let a = {
			words: e,
			conversation: t,
			notice: this.notice,
			take: this.take,
			dragging: r.dragging
		}, o = {
			words: e,
			press: this.press,
			say: this.answer
		}, s = {
			words: e,
			conversation: t,
			api: this.api,
			answering: o
		};
		return k`${i}
      <section id="panel" part="panel" role="dialog" aria-modal=${n.covers} aria-labelledby="title" lang=${e.language}
        ?hidden=${!this.open} @keydown=${this.onKey} @dragover=${r.over} @dragleave=${r.leave}
        @drop=${r.drop} @paste=${r.paste}>
        ${An(t, e, this.toggle)}
        ${Mn(t, e)}
        ${Nn(s, n.scrolled)}
        ${n.away ? In(e, n.toNewest) : M}
        ${Kt({
			...a,
			write: this.write,
			person: this.askForPerson,
			download: this.download
		})}
      </section>`;
	}
	configure() {
		this.words = new Wn(this.locale || document.documentElement.lang || navigator.language);
		let e = new Ze(this.shop, this.customerToken);
		this.conversation?.close(), this.api = new je(this.base);
		let { shop: t, customerToken: n } = this;
		this.conversation = new st(this, this.api, e, {
			shop: t,
			customerToken: n,
			locale: this.words.language
		}), this.conversation.start(this.open);
	}
	sending() {
		this.notice = "", this.attention.away = !1;
	}
}, qn = Promise.resolve();
function Jn(e) {
	let t = qn.then(() => createImageBitmap(e));
	return qn = t.catch(() => void 0), t;
}
var Yn = class extends z {
	static {
		this.properties = {
			source: { attribute: !1 },
			label: {},
			failed: { state: !0 }
		};
	}
	static {
		this.styles = o`
    :host { display: block; overflow: hidden; background: var(--_sunken); color: var(--_soft); }
    canvas { display: block; width: 100%; height: 100%; }
    .file { display: grid; place-items: center; height: 100%; }
  `;
	}
	render() {
		return this.failed ? k`<div class="file" role="img" aria-label=${this.label}>${ht}</div>` : k`<canvas role="img" aria-label=${this.label} width="1" height="1"></canvas>`;
	}
	updated(e) {
		e.has("source") && this.draw().catch(() => this.failed = !0);
	}
	async draw() {
		let e = this.source, t = typeof e == "function" ? await e() : e, { width: n, height: r } = this.getBoundingClientRect(), i = await Jn(t), a = this.renderRoot.querySelector("canvas");
		if (!a || e !== this.source) return;
		a.width = Math.max(1, Math.round(n * devicePixelRatio)), a.height = Math.max(1, Math.round(r * devicePixelRatio));
		let o = Math.max(a.width / i.width, a.height / i.height), [s, c] = [i.width * o, i.height * o], l = a.getContext("2d");
		l.imageSmoothingQuality = "high", l.drawImage(i, (a.width - s) / 2, (a.height - c) / 2, s, c), i.close();
	}
};
// src/main.ts
customElements.get("redress-chat") || (customElements.define("redress-picture", Yn), customElements.define("redress-chat", Kn));
