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
})(e) : e, { is: l, defineProperty: u, getOwnPropertyDescriptor: d, getOwnPropertyNames: f, getOwnPropertySymbols: p, getPrototypeOf: m } = Object, h = globalThis, ee = h.trustedTypes, te = ee ? ee.emptyScript : "", ne = h.reactiveElementPolyfillSupport, g = (e, t) => e, re = {
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
}, ie = (e, t) => !l(e, t), ae = {
	attribute: !0,
	type: String,
	converter: re,
	reflect: !1,
	useDefault: !1,
	hasChanged: ie
};
Symbol.metadata ??= Symbol("metadata"), h.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
var _ = class extends HTMLElement {
	static addInitializer(e) {
		this._$Ei(), (this.l ??= []).push(e);
	}
	static get observedAttributes() {
		return this.finalize(), this._$Eh && [...this._$Eh.keys()];
	}
	static createProperty(e, t = ae) {
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
		return this.elementProperties.get(e) ?? ae;
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
			let i = (n.converter?.toAttribute === void 0 ? re : n.converter).toAttribute(t, n.type);
			this._$Em = e, i == null ? this.removeAttribute(r) : this.setAttribute(r, i), this._$Em = null;
		}
	}
	_$AK(e, t) {
		let n = this.constructor, r = n._$Eh.get(e);
		if (r !== void 0 && this._$Em !== r) {
			let e = n.getPropertyOptions(r), i = typeof e.converter == "function" ? { fromAttribute: e.converter } : e.converter?.fromAttribute === void 0 ? re : e.converter;
			this._$Em = r;
			let a = i.fromAttribute(t, e.type);
			this[r] = a ?? this._$Ej?.get(r) ?? a, this._$Em = null;
		}
	}
	requestUpdate(e, t, n, r = !1, i) {
		if (e !== void 0) {
			let a = this.constructor;
			if (!1 === r && (i = this[e]), n ??= a.getPropertyOptions(e), !((n.hasChanged ?? ie)(i, t) || n.useDefault && n.reflect && i === this._$Ej?.get(e) && !this.hasAttribute(a._$Eu(e, n)))) return;
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
_.elementStyles = [], _.shadowRootOptions = { mode: "open" }, _[g("elementProperties")] = /* @__PURE__ */ new Map(), _[g("finalized")] = /* @__PURE__ */ new Map(), ne?.({ ReactiveElement: _ }), (h.reactiveElementVersions ??= []).push("2.1.2");
// node_modules/lit-html/lit-html.js
var v = globalThis, oe = (e) => e, y = v.trustedTypes, se = y ? y.createPolicy("lit-html", { createHTML: (e) => e }) : void 0, ce = "$lit$", b = `lit$${Math.random().toFixed(9).slice(2)}$`, x = "?" + b, le = `<${x}>`, S = document, C = () => S.createComment(""), w = (e) => e === null || typeof e != "object" && typeof e != "function", ue = Array.isArray, de = (e) => ue(e) || typeof e?.[Symbol.iterator] == "function", T = "[ 	\n\f\r]", E = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, fe = /-->/g, pe = />/g, D = RegExp(`>|${T}(?:([^\\s"'>=/]+)(${T}*=${T}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`, "g"), me = /'/g, he = /"/g, ge = /^(?:script|style|textarea|title)$/i, _e = (e) => (t, ...n) => ({
	_$litType$: e,
	strings: t,
	values: n
}), O = _e(1), k = _e(2), A = Symbol.for("lit-noChange"), j = Symbol.for("lit-nothing"), ve = /* @__PURE__ */ new WeakMap(), M = S.createTreeWalker(S, 129);
function ye(e, t) {
	if (!ue(e) || !e.hasOwnProperty("raw")) throw Error("invalid template strings array");
	return se === void 0 ? t : se.createHTML(t);
}
var be = (e, t) => {
	let n = e.length - 1, r = [], i, a = t === 2 ? "<svg>" : t === 3 ? "<math>" : "", o = E;
	for (let t = 0; t < n; t++) {
		let n = e[t], s, c, l = -1, u = 0;
		for (; u < n.length && (o.lastIndex = u, c = o.exec(n), c !== null);) u = o.lastIndex, o === E ? c[1] === "!--" ? o = fe : c[1] === void 0 ? c[2] === void 0 ? c[3] !== void 0 && (o = D) : (ge.test(c[2]) && (i = RegExp("</" + c[2], "g")), o = D) : o = pe : o === D ? c[0] === ">" ? (o = i ?? E, l = -1) : c[1] === void 0 ? l = -2 : (l = o.lastIndex - c[2].length, s = c[1], o = c[3] === void 0 ? D : c[3] === "\"" ? he : me) : o === he || o === me ? o = D : o === fe || o === pe ? o = E : (o = D, i = void 0);
		let d = o === D && e[t + 1].startsWith("/>") ? " " : "";
		a += o === E ? n + le : l >= 0 ? (r.push(s), n.slice(0, l) + ce + n.slice(l) + b + d) : n + b + (l === -2 ? t : d);
	}
	return [ye(e, a + (e[n] || "<?>") + (t === 2 ? "</svg>" : t === 3 ? "</math>" : "")), r];
}, xe = class e {
	constructor({ strings: t, _$litType$: n }, r) {
		let i;
		this.parts = [];
		let a = 0, o = 0, s = t.length - 1, c = this.parts, [l, u] = be(t, n);
		if (this.el = e.createElement(l, r), M.currentNode = this.el.content, n === 2 || n === 3) {
			let e = this.el.content.firstChild;
			e.replaceWith(...e.childNodes);
		}
		for (; (i = M.nextNode()) !== null && c.length < s;) {
			if (i.nodeType === 1) {
				if (i.hasAttributes()) for (let e of i.getAttributeNames()) if (e.endsWith(ce)) {
					let t = u[o++], n = i.getAttribute(e).split(b), r = /([.?@])?(.*)/.exec(t);
					c.push({
						type: 1,
						index: a,
						name: r[2],
						strings: n,
						ctor: r[1] === "." ? Ce : r[1] === "?" ? we : r[1] === "@" ? Te : F
					}), i.removeAttribute(e);
				} else e.startsWith(b) && (c.push({
					type: 6,
					index: a
				}), i.removeAttribute(e));
				if (ge.test(i.tagName)) {
					let e = i.textContent.split(b), t = e.length - 1;
					if (t > 0) {
						i.textContent = y ? y.emptyScript : "";
						for (let n = 0; n < t; n++) i.append(e[n], C()), M.nextNode(), c.push({
							type: 2,
							index: ++a
						});
						i.append(e[t], C());
					}
				}
			} else if (i.nodeType === 8) {
				if (i.data === x) c.push({
					type: 2,
					index: a
				});
				else {
					let e = -1;
					for (; (e = i.data.indexOf(b, e + 1)) !== -1;) c.push({
						type: 7,
						index: a
					}), e += b.length - 1;
				}
			}
			a++;
		}
	}
	static createElement(e, t) {
		let n = S.createElement("template");
		return n.innerHTML = e, n;
	}
};
function N(e, t, n = e, r) {
	if (t === A) return t;
	let i = r === void 0 ? n._$Cl : n._$Co?.[r], a = w(t) ? void 0 : t._$litDirective$;
	return i?.constructor !== a && (i?._$AO?.(!1), a === void 0 ? i = void 0 : (i = new a(e), i._$AT(e, n, r)), r === void 0 ? n._$Cl = i : (n._$Co ??= [])[r] = i), i !== void 0 && (t = N(e, i._$AS(e, t.values), i, r)), t;
}
var Se = class {
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
		let { el: { content: t }, parts: n } = this._$AD, r = (e?.creationScope ?? S).importNode(t, !0);
		M.currentNode = r;
		let i = M.nextNode(), a = 0, o = 0, s = n[0];
		for (; s !== void 0;) {
			if (a === s.index) {
				let t;
				s.type === 2 ? t = new P(i, i.nextSibling, this, e) : s.type === 1 ? t = new s.ctor(i, s.name, s.strings, this, e) : s.type === 6 && (t = new Ee(i, this, e)), this._$AV.push(t), s = n[++o];
			}
			a !== s?.index && (i = M.nextNode(), a++);
		}
		return M.currentNode = S, r;
	}
	p(e) {
		let t = 0;
		for (let n of this._$AV) n !== void 0 && (n.strings === void 0 ? n._$AI(e[t]) : (n._$AI(e, n, t), t += n.strings.length - 2)), t++;
	}
}, P = class e {
	get _$AU() {
		return this._$AM?._$AU ?? this._$Cv;
	}
	constructor(e, t, n, r) {
		this.type = 2, this._$AH = j, this._$AN = void 0, this._$AA = e, this._$AB = t, this._$AM = n, this.options = r, this._$Cv = r?.isConnected ?? !0;
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
		e = N(this, e, t), w(e) ? e === j || e == null || e === "" ? (this._$AH !== j && this._$AR(), this._$AH = j) : e !== this._$AH && e !== A && this._(e) : e._$litType$ === void 0 ? e.nodeType === void 0 ? de(e) ? this.k(e) : this._(e) : this.T(e) : this.$(e);
	}
	O(e) {
		return this._$AA.parentNode.insertBefore(e, this._$AB);
	}
	T(e) {
		this._$AH !== e && (this._$AR(), this._$AH = this.O(e));
	}
	_(e) {
		this._$AH !== j && w(this._$AH) ? this._$AA.nextSibling.data = e : this.T(S.createTextNode(e)), this._$AH = e;
	}
	$(e) {
		let { values: t, _$litType$: n } = e, r = typeof n == "number" ? this._$AC(e) : (n.el === void 0 && (n.el = xe.createElement(ye(n.h, n.h[0]), this.options)), n);
		if (this._$AH?._$AD === r) this._$AH.p(t);
		else {
			let e = new Se(r, this), n = e.u(this.options);
			e.p(t), this.T(n), this._$AH = e;
		}
	}
	_$AC(e) {
		let t = ve.get(e.strings);
		return t === void 0 && ve.set(e.strings, t = new xe(e)), t;
	}
	k(t) {
		ue(this._$AH) || (this._$AH = [], this._$AR());
		let n = this._$AH, r, i = 0;
		for (let a of t) i === n.length ? n.push(r = new e(this.O(C()), this.O(C()), this, this.options)) : r = n[i], r._$AI(a), i++;
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
}, F = class {
	get tagName() {
		return this.element.tagName;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	constructor(e, t, n, r, i) {
		this.type = 1, this._$AH = j, this._$AN = void 0, this.element = e, this.name = t, this._$AM = r, this.options = i, n.length > 2 || n[0] !== "" || n[1] !== "" ? (this._$AH = Array(n.length - 1).fill(/* @__PURE__ */ new String()), this.strings = n) : this._$AH = j;
	}
	_$AI(e, t = this, n, r) {
		let i = this.strings, a = !1;
		if (i === void 0) e = N(this, e, t, 0), a = !w(e) || e !== this._$AH && e !== A, a && (this._$AH = e);
		else {
			let r = e, o, s;
			for (e = i[0], o = 0; o < i.length - 1; o++) s = N(this, r[n + o], t, o), s === A && (s = this._$AH[o]), a ||= !w(s) || s !== this._$AH[o], s === j ? e = j : e !== j && (e += (s ?? "") + i[o + 1]), this._$AH[o] = s;
		}
		a && !r && this.j(e);
	}
	j(e) {
		e === j ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, e ?? "");
	}
}, Ce = class extends F {
	constructor() {
		super(...arguments), this.type = 3;
	}
	j(e) {
		this.element[this.name] = e === j ? void 0 : e;
	}
}, we = class extends F {
	constructor() {
		super(...arguments), this.type = 4;
	}
	j(e) {
		this.element.toggleAttribute(this.name, !!e && e !== j);
	}
}, Te = class extends F {
	constructor(e, t, n, r, i) {
		super(e, t, n, r, i), this.type = 5;
	}
	_$AI(e, t = this) {
		if ((e = N(this, e, t, 0) ?? j) === A) return;
		let n = this._$AH, r = e === j && n !== j || e.capture !== n.capture || e.once !== n.once || e.passive !== n.passive, i = e !== j && (n === j || r);
		r && this.element.removeEventListener(this.name, this, n), i && this.element.addEventListener(this.name, this, e), this._$AH = e;
	}
	handleEvent(e) {
		typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, e) : this._$AH.handleEvent(e);
	}
}, Ee = class {
	constructor(e, t, n) {
		this.element = e, this.type = 6, this._$AN = void 0, this._$AM = t, this.options = n;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AI(e) {
		N(this, e);
	}
}, De = {
	M: ce,
	P: b,
	A: x,
	C: 1,
	L: be,
	R: Se,
	D: de,
	V: N,
	I: P,
	H: F,
	N: we,
	U: Te,
	B: Ce,
	F: Ee
}, Oe = v.litHtmlPolyfillSupport;
Oe?.(xe, P), (v.litHtmlVersions ??= []).push("3.3.3");
var ke = (e, t, n) => {
	let r = n?.renderBefore ?? t, i = r._$litPart$;
	if (i === void 0) {
		let e = n?.renderBefore ?? null;
		r._$litPart$ = i = new P(t.insertBefore(C(), e), e, void 0, n ?? {});
	}
	return i._$AI(e), i;
}, I = globalThis, L = class extends _ {
	constructor() {
		super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
	}
	createRenderRoot() {
		let e = super.createRenderRoot();
		return this.renderOptions.renderBefore ??= e.firstChild, e;
	}
	update(e) {
		let t = this.render();
		this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(e), this._$Do = ke(t, this.renderRoot, this.renderOptions);
	}
	connectedCallback() {
		super.connectedCallback(), this._$Do?.setConnected(!0);
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this._$Do?.setConnected(!1);
	}
	render() {
		return A;
	}
};
L._$litElement$ = !0, L.finalized = !0, I.litElementHydrateSupport?.({ LitElement: L });
var Ae = I.litElementPolyfillSupport;
Ae?.({ LitElement: L }), (I.litElementVersions ??= []).push("4.2.2");
// src/api.ts
var R = class extends Error {
	constructor(e, t, n) {
		super(n), this.status = e, this.code = t;
	}
}, z = class extends Error {}, je = 3e4, Me = /* @__PURE__ */ new Set([
	408,
	425,
	429
]), Ne = class {
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
			...B(e),
			"Last-Event-ID": String(t)
		}, i = await V(fetch(`${this.base}/api/conversations/${e.id}/events`, {
			headers: r,
			signal: n
		}));
		if (!i.ok || !i.body) throw await H(i.status, await i.text());
		return i.body;
	}
	async picture(e) {
		let t = await V(fetch(this.address(e)));
		if (!t.ok) throw new z();
		return t.blob();
	}
	address(e) {
		return new URL(e, `${this.base}/`).href;
	}
	upload(e, t, n, r) {
		return new Promise((i, a) => {
			let o = new XMLHttpRequest();
			o.open("POST", `${this.base}/api/conversations/${e.id}/evidence`), o.setRequestHeader("Authorization", B(e).Authorization), o.upload.onprogress = (e) => e.lengthComputable && n(e.loaded / e.total), o.onerror = () => a(new z()), o.onabort = () => a(new DOMException("cancelled", "AbortError")), o.onload = () => o.status === 201 ? i(JSON.parse(o.responseText)) : a(H(o.status, o.responseText)), r.addEventListener("abort", () => o.abort(), { once: !0 }), o.send(t);
		});
	}
	async call(e, t, n) {
		let r = {
			...t.body ? { "Content-Type": "application/json" } : {},
			...n ? B(n) : {}
		}, i = await V(fetch(this.base + e, {
			...t,
			headers: r,
			signal: AbortSignal.timeout(je)
		})), a = await V(i.text());
		if (!i.ok) throw H(i.status, a);
		return JSON.parse(a);
	}
};
function B(e) {
	return { Authorization: `Bearer ${e.token}` };
}
async function V(e) {
	try {
		return await e;
	} catch (e) {
		throw new z(String(e));
	}
}
function H(e, t) {
	if (e >= 500 || Me.has(e)) return new z(String(e));
	try {
		let { error: n } = JSON.parse(t);
		return new R(e, n.code, n.message);
	} catch {
		return new R(e, "http_error", String(e));
	}
}
// src/attendance.ts
var Pe = 2e3, Fe = 4e3, Ie = class {
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
				await this.ask(e).catch(() => void 0), this.withPerson && await new Promise((e) => setTimeout(e, Pe));
			while (this.withPerson && !this.signal.aborted);
			this.running = !1;
		}
	}
	async ask(e) {
		if (document.hidden && this.presence) return;
		let t = JSON.stringify(this.presence);
		this.presence = await this.api.seen(e, {
			read: this.read(),
			typing: Date.now() - this.typed < Fe
		}), JSON.stringify(this.presence) !== t && this.changed();
	}
}, Le = 500, Re = 15e3;
function U(e, t) {
	let n = Math.min(Re, Le * 2 ** e) * (.75 + Math.random() / 4);
	return new Promise((e) => {
		let r = () => {
			clearTimeout(i), removeEventListener("online", r), t?.removeEventListener("abort", r), e();
		}, i = setTimeout(r, n);
		addEventListener("online", r), t?.addEventListener("abort", r);
	});
}
async function W(e, t, n) {
	return navigator.locks ? await navigator.locks.request(e, n ? { signal: n } : {}, t) : t();
}
// src/events.ts
async function ze(e, t, n, r) {
	for (let i = 0; !r.aborted; i++) {
		try {
			let a = await e.events(t, n.newest(), r);
			i = 0, n.connected(!0);
			for await (let e of Be(a)) n.line(e);
		} catch (e) {
			if (e instanceof R) return n.gone();
		}
		if (r.aborted) return;
		n.connected(!1), await U(i, r);
	}
}
async function* Be(e) {
	let t = e.pipeThrough(new TextDecoderStream()).getReader(), n = "";
	try {
		for (;;) {
			let { done: e, value: r } = await t.read();
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
// src/memory.ts
var Ve = class {
	constructor(e, t) {
		this.page = /* @__PURE__ */ new Map();
		let n = He(t);
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
function He(e) {
	try {
		let t = (e.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
		return String(JSON.parse(atob(t)).order ?? "");
	} catch {
		return "";
	}
}
function Ue() {
	let e = crypto.getRandomValues(/* @__PURE__ */ new Uint8Array(16));
	return e[6] = e[6] & 15 | 64, e[8] = e[8] & 63 | 128, Array.from(e, (e) => e.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
var We = /* @__PURE__ */ new Set(["bot", "desk"]), G = "buyer", Ge = class {
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
				await W(`${this.memory.key}:send`, () => this.sendAll(e), this.signal);
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
				e instanceof R ? (this.remove(n), this.delivery.refused(n, e)) : (this.delivery.connected(!1), await U(t++, this.signal));
			}
		}
	}
	remove(e) {
		this.memory.outbox = this.memory.outbox.filter((t) => t.client_id !== e.client_id);
	}
}, Ke = class {
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
		return this.lines.slice(this.lines.findLastIndex((e) => e.author === G) + 1);
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
}, qe = class {
	constructor(e, t, n) {
		this.api = e, this.who = t, this.listener = n, this.list = [], this.sending = !1;
	}
	add(e, t, n, r) {
		for (let i of e.slice(0, 10)) {
			let e = i.size > r ? new R(413, "too_large", "") : void 0;
			this.list.push({
				client_id: Ue(),
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
			t instanceof R ? Object.assign(e, {
				state: "refused",
				error: t
			}) : e.state = "failed";
		}
		this.listener.changed();
	}
}, Je = class {
	constructor(e, t, n, r) {
		this.host = e, this.api = t, this.memory = n, this.opening = r, this.transcript = new Ke(), this.ready = !1, this.reachable = !0, this.transcriptLink = "", this.synced = 0, this.end = new AbortController(), this.online = () => {
			navigator.onLine && this.uploads.retryFailed(), this.host.requestUpdate();
		};
		let i = {
			delivered: (e, t) => this.delivered(e, t),
			refused: (e, t) => this.refused(e, t),
			connected: (e) => this.connected(e)
		};
		this.outbox = new Ge(t, n, i, this.end.signal), this.uploads = new qe(t, () => n.conversation, {
			changed: () => e.requestUpdate(),
			uploaded: (e, t) => this.uploaded(e, t)
		});
		let a = () => n.conversation?.read ?? 0;
		this.attendance = new Ie(t, a, () => this.attended(), this.end.signal), this.tabs = new BroadcastChannel(n.key), this.tabs.onmessage = ({ data: e }) => this.toldBy(e), addEventListener("online", this.online, { signal: this.end.signal }), addEventListener("offline", this.online, { signal: this.end.signal }), e.addController(this);
	}
	hostDisconnected() {
		this.close();
	}
	close() {
		this.end.abort(), this.tabs.close(), this.uploads.cancelAll(), this.host.removeController(this);
	}
	get known() {
		return this.memory.conversation !== void 0;
	}
	get awaiting() {
		return this.ready && this.reachable && navigator.onLine && this.outbox.waiting.length > 0;
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
		if (!(this.ready || !e && !this.known)) {
			for (let t = 0; !this.end.signal.aborted; t++) try {
				await W(`${this.memory.key}:open`, () => this.resumeOrOpen(e), this.end.signal);
				break;
			} catch (e) {
				if (e instanceof R) return this.failure = e, this.host.requestUpdate();
				this.connected(!1), await U(t, this.end.signal);
			}
			this.ready && this.run();
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
			client_id: Ue(),
			created_at: (/* @__PURE__ */ new Date()).toISOString()
		};
		this.refusal = void 0, this.transcript.merge([K(t)]), this.outbox.add(t, this.memory.conversation), this.host.requestUpdate(), this.tell();
	}
	async transcriptAddress() {
		return await this.catchUp(), this.transcriptLink && this.api.address(this.transcriptLink);
	}
	async resumeOrOpen(e) {
		let t = this.memory.conversation;
		if (t) try {
			await this.sync(t), this.ready = !0;
		} catch (e) {
			if (!(e instanceof R)) throw e;
			this.memory.conversation = void 0;
		}
		!this.ready && e && (await this.openNew(), this.ready = !0), this.transcript.merge(this.outbox.waiting.map(K)), this.connected(!0);
	}
	async openNew() {
		let { shop: e, locale: t, customerToken: n } = this.opening, r = {
			shop: e,
			locale: t
		}, i = Intl.DateTimeFormat().resolvedOptions().timeZone;
		i && (r.time_zone = i);
		let a = n ? { customer_token: n } : {}, o = await this.api.open({
			...r,
			...a
		}).catch((e) => {
			if (e instanceof R && e.code === "invalid_customer_token") return this.api.open(r);
			throw e;
		});
		this.memory.conversation = {
			id: o.id,
			token: o.token,
			menu: o.menu,
			read: 0
		}, this.transcript.merge(o.greeting.map(Ye)), this.synced = this.transcript.newest;
	}
	run() {
		let e = this.memory.conversation;
		this.outbox.flush(e), this.attendance.attend(e);
		let t = {
			newest: () => this.synced,
			line: (e) => this.arrived(e),
			connected: (e) => this.connected(e),
			gone: () => this.connected(!0)
		};
		W(`${this.memory.key}:events`, () => ze(this.api, e, t, this.end.signal), this.end.signal).catch(() => void 0);
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
		this.transcript.merge(this.outbox.waiting.map(K)), await this.sync(e).catch(() => void 0);
	}
	delivered(e, t) {
		this.transcript.merge([K(e), ...t.map(Ye)]), t.length || this.askWhoAnswers(), this.host.requestUpdate(), this.tell();
	}
	refused(e, t) {
		this.transcript.remove(e.client_id), this.refusal = {
			outgoing: e,
			why: t
		}, this.host.requestUpdate(), this.tell(e.client_id);
	}
	uploaded(e, t) {
		let n = {
			author: G,
			client_id: e.client_id,
			created_at: (/* @__PURE__ */ new Date()).toISOString(),
			text: `[${e.label}]`,
			evidence: t.evidence
		};
		this.transcript.merge([n, ...t.replies.map(Ye)]), this.tell();
	}
	arrived(e) {
		this.synced = Math.max(this.synced, Number(e.id)), this.transcript.merge([e]), this.askWhoAnswers(), this.host.requestUpdate(), this.tell();
	}
	askWhoAnswers() {
		let e = this.memory.conversation;
		e && this.attendance.attend(e);
	}
	attended() {
		let e = this.memory.conversation;
		e && this.attendance.withPerson && this.sync(e).catch(() => void 0), this.host.requestUpdate();
	}
	tell(e = "") {
		this.end.signal.aborted || this.tabs.postMessage(e);
	}
	toldBy(e) {
		this.transcript.remove(e), this.catchUp();
	}
	connected(e) {
		let t = e && !this.reachable;
		if (this.reachable = e, this.host.requestUpdate(), t) {
			this.uploads.retryFailed();
			let e = this.memory.conversation;
			e && this.ready && this.outbox.flush(e);
		}
	}
};
function Ye(e) {
	return {
		author: "bot",
		created_at: (/* @__PURE__ */ new Date()).toISOString(),
		...e
	};
}
function K(e) {
	return {
		author: G,
		client_id: e.client_id,
		created_at: e.created_at,
		text: e.title
	};
}
// src/icons.ts
function q(e) {
	return k`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${e}</svg>`;
}
var Xe = q(k`<path d="M20 4.5H4A1.5 1.5 0 0 0 2.5 6v10A1.5 1.5 0 0 0 4 17.5h3V21l4.5-3.5H20a1.5 1.5 0 0 0 1.5-1.5V6A1.5 1.5 0 0 0 20 4.5Z"/><path d="m8.5 11 2.5 2.5 4.5-4.5"/>`), Ze = q(k`<path d="m6 6 12 12M18 6 6 18"/>`), Qe = q(k`<path d="M12 19V5m-6 6 6-6 6 6"/>`), $e = q(k`<path d="m20 11.5-7.8 7.8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3"/>`), et = q(k`<path d="M4 7.5h3l1.5-2.5h7L17 7.5h3A1.5 1.5 0 0 1 21.5 9v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/><circle cx="12" cy="13" r="3.5"/>`), tt = q(k`<path d="M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8Z"/><path d="M13.5 3v5h5"/>`), nt = q(k`<path d="M4 12a8 8 0 1 0 2.7-6M4 4v4.5h4.5"/>`), rt = q(k`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>`), it = q(k`<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>`), at = q(k`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.3 2"/>`), ot = q(k`<path d="M5.5 8h13l1 12h-15ZM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>`), st = q(k`<path d="M3 7.5h18v3.2a1.8 1.8 0 0 0 0 3.6v3.2H3v-3.2a1.8 1.8 0 0 0 0-3.6ZM14.5 8v1.5m0 3v1.5m0 2.5v1"/>`), ct = q(k`<path d="M12 5v14m-6-6 6 6 6-6"/>`), lt = q(k`<path d="M6 12h12"/>`), ut = q(k`<path d="M6 12h12M12 6v12"/>`), dt = ":host{--lightningcss-light:initial;--lightningcss-dark: ;color-scheme:light dark;--_paper:var(--redress-paper,var(--lightningcss-light,#fff)var(--lightningcss-dark,#1b2024));--_sunken:var(--redress-sunken,var(--lightningcss-light,#f2f4f5)var(--lightningcss-dark,#262d32));--_ink:var(--redress-ink,var(--lightningcss-light,#1c2226)var(--lightningcss-dark,#e8ecee));--_soft:var(--redress-soft,var(--lightningcss-light,#566168)var(--lightningcss-dark,#a7b2b9));--_line:var(--redress-line,var(--lightningcss-light,#dfe4e7)var(--lightningcss-dark,#394249));--_accent:var(--redress-accent,#20645c);--_on-accent:var(--redress-on-accent,#fff);--_link:var(--lightningcss-light,var(--_accent))var(--lightningcss-dark,color-mix(in oklab, var(--_accent) 42%, #fff));--_radius:var(--redress-radius,18px);z-index:var(--redress-z-index,2147480000);font:400 .9375rem/1.45 var(--redress-font,system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Noto Sans SC\", sans-serif);color:var(--_ink);text-align:start;position:fixed;inset-block-end:max(20px, env(safe-area-inset-bottom));inset-inline-end:20px}@media (prefers-color-scheme:dark){:host{--lightningcss-light: ;--lightningcss-dark:initial}}:host([position=start]){inset-inline:20px auto}:host([hidden]),[hidden]{display:none!important}*,:before,:after{box-sizing:border-box}p,h2,ul,figure{margin:0;padding:0}button,input,textarea{font:inherit;color:inherit}button,label.choice{cursor:pointer;-webkit-tap-highlight-color:transparent}svg{flex:none;display:block}.unseen{clip-path:inset(50%);white-space:nowrap;width:1px;height:1px;margin:-1px;position:absolute;overflow:hidden}:focus-visible{outline:2px solid var(--_link);outline-offset:2px}#launcher{background:var(--_accent);width:60px;height:60px;color:var(--_on-accent);border:0;border-radius:50%;place-items:center;margin-inline-start:auto;padding:0;transition:transform .16s;display:grid;position:relative;box-shadow:0 2px 6px #0000002e,0 8px 24px #00000029}#launcher:hover{transform:translateY(-2px)}#launcher:focus-visible{outline:3px solid var(--_link);outline-offset:3px}#launcher svg{width:28px;height:28px}:host([position=start]) #launcher{margin-inline:0 auto}.badge{color:#fff;text-align:center;background:#c42b1c;border-radius:11px;min-width:22px;height:22px;padding-inline:6px;font-size:.75rem;font-weight:700;line-height:22px;position:absolute;inset-block-start:-4px;inset-inline-end:-4px}#panel{border:1px solid var(--_line);border-radius:var(--_radius);background:var(--_paper);flex-direction:column;width:min(392px,100vw - 40px);height:min(680px,100dvh - 120px);animation:.2s cubic-bezier(.2,.8,.3,1) rise;display:flex;position:absolute;inset-block-end:74px;inset-inline-end:0;overflow:hidden;box-shadow:0 4px 12px #0000001a,0 18px 48px #0000002e}:host([position=start]) #panel{inset-inline:0 auto}@keyframes rise{0%{opacity:0;transform:translateY(12px)}}.top{border-block-end:1px solid var(--_line);align-items:center;gap:12px;padding:14px 14px 12px 16px;display:flex}.top>div{flex:1;min-width:0}.top h2{letter-spacing:-.01em;font-size:1.0625rem;font-weight:650;line-height:1.25}.top p{color:var(--_soft);font-size:.8125rem;line-height:1.3}.mark{background:var(--_accent);width:40px;height:40px;color:var(--_on-accent);border-radius:13px;flex:none;place-items:center;display:grid}.icon{width:36px;height:36px;color:var(--_soft);background:0 0;border:0;border-radius:50%;flex:none;place-items:center;padding:0;display:grid}.icon:hover{background:var(--_sunken);color:var(--_ink)}.icon svg{width:20px;height:20px}.connection{color:var(--lightningcss-light,#5d4400)var(--lightningcss-dark,#f6dfa4);text-align:center;background:var(--lightningcss-light,#fdf3d8)var(--lightningcss-dark,#3c3115);padding:6px 16px;font-size:.8125rem}.connection:empty{padding:0}#log{overscroll-behavior:contain;scrollbar-width:thin;flex-direction:column;flex:1 1 0;gap:4px;min-height:96px;padding:16px;display:flex;overflow-y:auto}#log:focus-visible{outline-offset:-3px;border-radius:8px}.day{color:var(--_soft);align-self:center;margin-block:2px 8px;font-size:.75rem}.row{flex-direction:column;align-items:flex-start;max-width:100%;display:flex}.row.mine{align-items:flex-end}.row.last{margin-block-end:8px}.name{color:var(--_soft);align-items:center;gap:4px;margin-block:4px 2px;font-size:.75rem;font-weight:600;display:flex}.name svg{width:14px;height:14px}.bubble{background:var(--_sunken);white-space:pre-line;overflow-wrap:anywhere;border-radius:18px;max-width:86%;padding:9px 14px}.theirs.last .bubble{border-end-start-radius:6px}.mine .bubble{background:var(--_accent);color:var(--_on-accent)}.mine.last .bubble{border-end-end-radius:6px}.meta{color:var(--_soft);align-items:center;gap:4px;margin:3px 6px 0;font-size:.6875rem;display:flex}.meta svg{width:13px;height:13px}.bubble.photo{white-space:normal;width:184px;padding:4px;overflow:hidden}.photo redress-picture{border-radius:14px;height:132px}.photo figcaption{padding:6px 9px 4px;font-size:.8125rem;line-height:1.3}.typing{gap:5px;padding:13px 15px;display:flex}.typing i{background:var(--_soft);border-radius:50%;width:7px;height:7px;animation:1.2s ease-in-out infinite breathe}.typing i:nth-child(2){animation-delay:.16s}.typing i:nth-child(3){animation-delay:.32s}@keyframes breathe{0%,70%,to{opacity:.3}35%{opacity:1}}.card{border:1px solid var(--_line);background:var(--_paper);overflow-wrap:anywhere;border-radius:16px;justify-items:start;gap:7px;width:100%;padding:14px 16px;font-size:.875rem;display:grid}.card p{white-space:pre-line}.chip{--tone:var(--lightningcss-light,#45525a)var(--lightningcss-dark,#c3ced5);background:color-mix(in srgb, var(--tone) 12%, transparent);color:var(--tone);border-radius:99px;padding:2px 10px;font-size:.75rem;font-weight:650}[data-outcome=qualifies] .chip,[data-state=approved] .chip,[data-state=settled] .chip{--tone:var(--lightningcss-light,#146c43)var(--lightningcss-dark,#79d7a5)}[data-outcome=declined] .chip,[data-state=declined] .chip{--tone:var(--lightningcss-light,#9f2a20)var(--lightningcss-dark,#ff9d92)}[data-outcome=awaiting_evidence] .chip,[data-state=awaiting_evidence] .chip,[data-outcome=too_early] .chip{--tone:var(--lightningcss-light,#7a5200)var(--lightningcss-dark,#f0c674)}[data-outcome=referred] .chip,[data-state=in_review] .chip,[data-state=appealed] .chip{--tone:var(--lightningcss-light,#1f5a9b)var(--lightningcss-dark,#92c3f7)}.card .lead{font-size:.9375rem;font-weight:600;line-height:1.35}.deadline{border-block-start:1px solid var(--_line);flex-wrap:wrap;align-items:center;gap:2px 6px;width:100%;margin-block-start:3px;padding-block-start:9px;display:flex}.deadline svg{width:16px;height:16px;color:var(--_soft)}.deadline time{font-weight:600}.deadline span{color:var(--_soft)}.ticket{grid-template-columns:1fr auto;align-items:center}.ticket .head{font-variant-numeric:tabular-nums;align-items:center;gap:8px;font-size:1rem;display:flex}.ticket .head svg{color:var(--_link)}.ticket>p:last-child{grid-column:1/-1}.choices,.pick{flex-wrap:wrap;align-items:center;gap:8px;margin-block:4px 6px;display:flex}.choice{border:1.5px solid color-mix(in srgb, var(--_link) 55%, transparent);background:var(--_paper);min-height:38px;color:var(--_link);text-align:start;border-radius:20px;align-items:center;gap:7px;padding:7px 15px;font-weight:550;line-height:1.25;transition:background .12s;display:inline-flex}.choice:hover{background:color-mix(in srgb, var(--_link) 9%, var(--_paper));border-color:var(--_link)}.choice:active{background:color-mix(in srgb, var(--_link) 18%, var(--_paper))}.choice svg{width:18px;height:18px}.choices.items{flex-direction:column;align-items:stretch;width:100%}.item{border:1px solid var(--_line);background:var(--_paper);text-align:start;border-radius:14px;align-items:center;gap:12px;width:100%;min-height:52px;padding:7px 12px 7px 8px;display:flex}.item:hover{border-color:var(--_link);background:color-mix(in srgb, var(--_link) 6%, var(--_paper))}.glyph{background:var(--_sunken);width:38px;height:38px;color:var(--_soft);border-radius:10px;flex:none;place-items:center;display:grid}.what{overflow-wrap:anywhere;flex:1;font-weight:550}.units{color:var(--_soft);font-variant-numeric:tabular-nums}.pick input{border:1.5px solid var(--_line);background:var(--_paper);border-radius:12px;min-height:40px;padding:6px 12px}.pick input[type=number]{text-align:center;width:76px}.newest{border:1px solid var(--_line);background:var(--_paper);margin-inline:auto;position:absolute;inset-block-end:128px;inset-inline:0;box-shadow:0 2px 8px #00000024}.composer{border-block-start:1px solid var(--_line);flex:0 auto;gap:8px;min-height:0;max-height:62%;padding:10px 12px 8px;display:grid;overflow-y:auto}.write{background:var(--_paper);border:1.5px solid var(--lightningcss-light,#8b979e)var(--lightningcss-dark,#66727a);border-radius:23px;align-items:flex-end;gap:6px;padding:4px 4px 4px 14px;display:flex}.write:is(:lang(ae),:lang(ar),:lang(arc),:lang(bcc),:lang(bqi),:lang(ckb),:lang(dv),:lang(fa),:lang(glk),:lang(he),:lang(ku),:lang(mzn),:lang(nqo),:lang(pnb),:lang(ps),:lang(sd),:lang(ug),:lang(ur),:lang(yi)){padding:4px 14px 4px 4px}.write:focus-within{border-color:var(--_link);box-shadow:0 0 0 1px var(--_link)}textarea{field-sizing:content;resize:none;background:0 0;border:0;outline:0;flex:1;min-width:0;min-height:36px;max-height:116px;padding:7px 0;line-height:1.45}textarea:focus-visible{outline:0}textarea::placeholder{color:var(--_soft);opacity:1}.send{background:var(--_accent);color:var(--_on-accent)}.send:hover{background:color-mix(in srgb, var(--_accent) 86%, #000);color:var(--_on-accent)}.more{flex-wrap:wrap;justify-content:space-between;gap:0 12px;display:flex}.quiet{min-height:28px;color:var(--_soft);background:0 0;border:0;border-radius:8px;align-items:center;gap:5px;padding:3px 6px;font-size:.75rem;display:inline-flex}.quiet:hover{color:var(--_ink);text-decoration:underline}.quiet svg{width:15px;height:15px}.notice{color:var(--lightningcss-light,#8c1d13)var(--lightningcss-dark,#ffc2bb);overflow-wrap:anywhere;background:var(--lightningcss-light,#fdeceb)var(--lightningcss-dark,#442220);border-radius:12px;padding:8px 12px;font-size:.8125rem}.request{text-align:center;border:1.5px dashed var(--lightningcss-light,#a9b4ba)var(--lightningcss-dark,#5a666e);border-radius:16px;justify-items:center;gap:6px;padding:12px;display:grid}.request.over{border-color:var(--_link);background:color-mix(in srgb, var(--_link) 8%, transparent)}.ways{flex-wrap:wrap;justify-content:center;gap:8px;display:flex}.ways label{position:relative}.ways label:focus-within{outline:2px solid var(--_link);outline-offset:2px}.hint{color:var(--_soft);font-size:.75rem;line-height:1.35}.uploads{gap:8px;max-height:190px;list-style:none;display:grid;overflow-y:auto}.upload{align-items:center;gap:10px;display:flex}.upload redress-picture{border-radius:10px;flex:none;width:46px;height:46px}.about{flex:1;gap:3px;min-width:0;font-size:.8125rem;line-height:1.3;display:grid}.filename{text-overflow:ellipsis;white-space:nowrap;overflow:hidden}.progress{color:var(--_soft);font-variant-numeric:tabular-nums;font-size:.75rem}.why{color:var(--lightningcss-light,#a02319)var(--lightningcss-dark,#ffada4)}progress{appearance:none;background:var(--_sunken);width:100%;height:5px;color:var(--_link);border:0;border-radius:3px;overflow:hidden}progress::-webkit-progress-bar{background:var(--_sunken);border-radius:3px}progress::-webkit-progress-value{background:var(--_link);border-radius:3px;transition:inline-size .15s linear}progress::-moz-progress-bar{background:var(--_link);border-radius:3px}@media (pointer:coarse){.drop{display:none}}@media not (pointer:coarse){.ways .camera{display:none}}@media (max-width:480px),(max-height:480px){:host([open]){inset:0}:host([open]) #launcher{display:none}#panel{border:0;border-radius:0;width:100vw;height:100dvh;inset:0}#log{padding:12px}}@media (prefers-reduced-motion:reduce){*,:before,:after{transition:none!important;animation:none!important}.typing i{opacity:.6}}@media (forced-colors:active){.bubble,.chip,#launcher{border:1px solid}}", { I: ft } = De, pt = (e) => e, mt = (e) => e.strings === void 0, ht = () => document.createComment(""), J = (e, t, n) => {
	let r = e._$AA.parentNode, i = t === void 0 ? e._$AB : t._$AA;
	if (n === void 0) n = new ft(r.insertBefore(ht(), i), r.insertBefore(ht(), i), e, e.options);
	else {
		let t = n._$AB.nextSibling, a = n._$AM, o = a !== e;
		if (o) {
			let t;
			n._$AQ?.(e), n._$AM = e, n._$AP !== void 0 && (t = e._$AU) !== a._$AU && n._$AP(t);
		}
		if (t !== i || o) {
			let e = n._$AA;
			for (; e !== t;) {
				let t = pt(e).nextSibling;
				pt(r).insertBefore(e, i), e = t;
			}
		}
	}
	return n;
}, Y = (e, t, n = e) => (e._$AI(t, n), e), gt = {}, _t = (e, t = gt) => e._$AH = t, vt = (e) => e._$AH, yt = (e) => {
	e._$AR(), e._$AA.remove();
}, bt = {
	ATTRIBUTE: 1,
	CHILD: 2,
	PROPERTY: 3,
	BOOLEAN_ATTRIBUTE: 4,
	EVENT: 5,
	ELEMENT: 6
}, xt = (e) => (...t) => ({
	_$litDirective$: e,
	values: t
}), St = class {
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
}, X = (e, t) => {
	let n = e._$AN;
	if (n === void 0) return !1;
	for (let e of n) e._$AO?.(t, !1), X(e, t);
	return !0;
}, Z = (e) => {
	let t, n;
	do {
		if ((t = e._$AM) === void 0) break;
		n = t._$AN, n.delete(e), e = t;
	} while (n?.size === 0);
}, Ct = (e) => {
	for (let t; t = e._$AM; e = t) {
		let n = t._$AN;
		if (n === void 0) t._$AN = n = /* @__PURE__ */ new Set();
		else if (n.has(e)) break;
		n.add(e), Et(t);
	}
};
function wt(e) {
	this._$AN === void 0 ? this._$AM = e : (Z(this), this._$AM = e, Ct(this));
}
function Tt(e, t = !1, n = 0) {
	let r = this._$AH, i = this._$AN;
	if (i !== void 0 && i.size !== 0) {
		if (t) {
			if (Array.isArray(r)) for (let e = n; e < r.length; e++) X(r[e], !1), Z(r[e]);
			else r != null && (X(r, !1), Z(r));
		} else X(this, e);
	}
}
var Et = (e) => {
	e.type == bt.CHILD && (e._$AP ??= Tt, e._$AQ ??= wt);
}, Dt = class extends St {
	constructor() {
		super(...arguments), this._$AN = void 0;
	}
	_$AT(e, t, n) {
		super._$AT(e, t, n), Ct(this), this.isConnected = e._$AU;
	}
	_$AO(e, t = !0) {
		e !== this.isConnected && (this.isConnected = e, e ? this.reconnected?.() : this.disconnected?.()), t && (X(this, e), Z(this));
	}
	setValue(e) {
		if (mt(this._$Ct)) this._$Ct._$AI(e, this);
		else {
			let t = [...this._$Ct._$AH];
			t[this._$Ci] = e, this._$Ct._$AI(t, this, 0);
		}
	}
	disconnected() {}
	reconnected() {}
}, Ot = () => new kt(), kt = class {}, At = /* @__PURE__ */ new WeakMap(), jt = xt(class extends Dt {
	render(e) {
		return j;
	}
	update(e, [t]) {
		let n = t !== this.G;
		return n && this.rt(void 0), (n || this.lt !== this.ct) && (this.G = t, this.ht = e.options?.host, this.rt(this.ct = e.element)), j;
	}
	rt(e) {
		if (this.G !== void 0) {
			if (this.isConnected || (e = void 0), typeof this.G == "function") {
				let t = this.ht ?? globalThis, n = At.get(t);
				n === void 0 && (n = /* @__PURE__ */ new WeakMap(), At.set(t, n)), n.get(this.G) !== void 0 && this.G.call(this.ht, void 0), n.set(this.G, e), e !== void 0 && this.G.call(this.ht, e);
			} else this.G.value = e;
		}
	}
	get lt() {
		return typeof this.G == "function" ? At.get(this.ht ?? globalThis)?.get(this.G) : this.G?.value;
	}
	disconnected() {
		this.lt === this.ct && this.rt(void 0);
	}
	reconnected() {
		this.rt(this.ct);
	}
}), Mt = /^(.*) × (\d+)$/s;
function Nt(e, t) {
	let n = e.question?.kind;
	return O`${Pt(e, t)}
  ${n === "date" ? It(e, t) : j}
  ${n === "number" && !e.choices?.length ? Lt(e, t) : j}`;
}
function Pt(e, { words: t, press: n }) {
	if (!e.choices?.length) return j;
	let r = e.question?.kind === "items";
	return O`<div class="choices ${r ? "items" : ""}" role="group" aria-label=${e.text.split("\n")[0] || t.say("choices")}>
    ${e.choices.map(({ title: e, payload: t }) => O`<button
        type="button"
        class=${r ? "item" : "choice"}
        @click=${() => n(e, t)}
      >${r ? Ft(e) : O`<span dir="auto">${e}</span>`}</button>`)}
  </div>`;
}
function Ft(e) {
	let [, t = e, n] = Mt.exec(e) ?? [];
	return O`<span class="glyph">${ot}</span><span class="what" dir="auto">${t}</span>
    ${n ? O`<span class="units">× ${n}</span>` : j}`;
}
function It(e, { words: t, say: n }) {
	let r = Ot(), i = /* @__PURE__ */ new Date();
	return O`<form class="pick" @submit=${(e) => {
		e.preventDefault(), r.value?.value && n(r.value.value);
	}}>
    <input type="date" required max=${(/* @__PURE__ */ new Date(i.getTime() - i.getTimezoneOffset() * 6e4)).toISOString().slice(0, 10)} aria-label=${e.text.split("\n")[0] || t.say("answer_date")} ${jt(r)} />
    <button type="submit" class="choice">${t.say("use_answer")}</button>
  </form>`;
}
function Lt(e, { words: t, say: n }) {
	let r = Ot(), i = (e) => () => e > 0 ? r.value.stepUp() : r.value.stepDown();
	return O`<form class="pick" @submit=${(e) => {
		e.preventDefault(), n(r.value.value);
	}}>
    <button type="button" class="icon" aria-label=${t.say("less")} @click=${i(-1)}>${lt}</button>
    <input type="number" required min="1" step="1" value="1" inputmode="numeric"
      aria-label=${e.text.split("\n")[0] || t.say("answer_number")} ${jt(r)} />
    <button type="button" class="icon" aria-label=${t.say("more")} @click=${i(1)}>${ut}</button>
    <button type="submit" class="choice">${t.say("use_answer")}</button>
  </form>`;
}
// node_modules/lit-html/directives/repeat.js
var Rt = (e, t, n) => {
	let r = /* @__PURE__ */ new Map();
	for (let i = t; i <= n; i++) r.set(e[i], i);
	return r;
}, zt = xt(class extends St {
	constructor(e) {
		if (super(e), e.type !== bt.CHILD) throw Error("repeat() can only be used in text expressions");
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
		let i = vt(e), { values: a, keys: o } = this.dt(t, n, r);
		if (!Array.isArray(i)) return this.ut = o, a;
		let s = this.ut ??= [], c = [], l, u, d = 0, f = i.length - 1, p = 0, m = a.length - 1;
		for (; d <= f && p <= m;) if (i[d] === null) d++;
		else if (i[f] === null) f--;
		else if (s[d] === o[p]) c[p] = Y(i[d], a[p]), d++, p++;
		else if (s[f] === o[m]) c[m] = Y(i[f], a[m]), f--, m--;
		else if (s[d] === o[m]) c[m] = Y(i[d], a[m]), J(e, c[m + 1], i[d]), d++, m--;
		else if (s[f] === o[p]) c[p] = Y(i[f], a[p]), J(e, i[d], i[f]), f--, p++;
		else if (l === void 0 && (l = Rt(o, p, m), u = Rt(s, d, f)), l.has(s[d])) {
			if (l.has(s[f])) {
				let t = u.get(o[p]), n = t === void 0 ? null : i[t];
				if (n === null) {
					let t = J(e, i[d]);
					Y(t, a[p]), c[p] = t;
				} else c[p] = Y(n, a[p]), J(e, i[d], n), i[t] = null;
				p++;
			} else yt(i[f]), f--;
		} else yt(i[d]), d++;
		for (; p <= m;) {
			let t = J(e, c[m + 1]);
			Y(t, a[p]), c[p++] = t;
		}
		for (; d <= f;) {
			let e = i[d++];
			e !== null && yt(e);
		}
		return this.ut = o, _t(e, c), A;
	}
});
// src/view/files.ts
function Bt(e, { words: t, take: n, dragging: r }) {
	let i = (e) => {
		let t = e.target;
		n([...t.files ?? []]), t.value = "";
	}, a = e.accept.join(",");
	return O`<div class="request ${r ? "over" : ""}" role="group" aria-label=${e.label}>
    <div class="ways">
      <label class="choice">${$e}<span>${t.say("choose_files")}</span>
        <input class="unseen" type="file" multiple accept=${a} aria-label="${t.say("choose_files")}: ${e.label}" @change=${i} />
      </label>
      <label class="choice camera">${et}<span>${t.say("take_photo")}</span>
        <input class="unseen" type="file" accept="image/*" capture="environment" aria-label="${t.say("take_photo")}: ${e.label}" @change=${i} />
      </label>
    </div>
    <p class="hint"><span class="drop">${t.say("drop_here")}. </span>${t.say("file_limits", { mb: t.megabytes(e.max_bytes) })}</p>
  </div>`;
}
function Vt({ words: e, uploads: t }) {
	return t.list.length ? O`<ul class="uploads" aria-label=${e.say("uploads")}>
    ${zt(t.list, (e) => e.client_id, (n) => Ht(n, e, t))}
  </ul>` : j;
}
function Ht(e, t, n) {
	let r = e.file.name || e.label, i = e.state === "failed" || e.state === "refused", a = t.say("cancel_upload", { name: r }), o = t.say("retry_upload", { name: r });
	return O`<li class="upload ${e.state}">
    <redress-picture .source=${e.file} label=${r}></redress-picture>
    <div class="about">
      <span class="filename" dir="auto">${r}</span>
      ${i ? O`<span class="why" role="alert">${Wt(e, t)}</span>` : O`<progress max="1" value=${e.progress} aria-label=${t.say("upload_progress", { name: r })}></progress>
            <span class="progress">${Ut(e, t)}</span>`}
    </div>
    ${e.state === "failed" ? O`<button type="button" class="icon" aria-label=${o} title=${o} @click=${() => n.retry(e)}>${nt}</button>` : j}
    <button type="button" class="icon" aria-label=${a} title=${a} @click=${() => n.cancel(e)}>${Ze}</button>
  </li>`;
}
function Ut(e, t) {
	return e.state === "waiting" ? t.say("upload_waiting") : e.progress >= 1 ? t.say("upload_checking") : t.say("upload_sending", { percent: Math.floor(e.progress * 100) });
}
function Wt(e, t) {
	return e.error ? t.sayIfKnown(`error_${e.error.code}`) ?? e.error.message : t.say("upload_failed");
}
// src/view/lines.ts
var Gt = /^\d{4}-\d\d-\d\d$/;
function Kt(e, t) {
	return O`${zt(e.map((t, n) => ({
		line: t,
		before: e[n - 1],
		after: e[n + 1]
	})), ({ line: e }) => e.author === "buyer" ? e.client_id : e.id, ({ line: e, before: n, after: r }) => O`${qt(e, n, t)}${Jt(e, n, r, t)}`)}`;
}
function qt(e, t, { words: n }) {
	let r = n.day(e.created_at);
	return t && n.day(t.created_at) === r ? j : O`<p class="day">${r}</p>`;
}
function Jt(e, t, n, r) {
	let i = e.author === G, a = We.has(e.author), o = !n || n.author !== e.author, s = i ? r.words.say("you") : a ? r.words.say("assistant") : e.author, c = !i && !a && t?.author !== e.author;
	return O`<div class="row ${i ? "mine" : "theirs"} ${o ? "last" : ""}" data-id=${e.id ?? j}>
    <span class="unseen">${s}:</span>
    ${c ? O`<span class="name" aria-hidden="true">${rt}${s}</span>` : j}
    ${e.assessment ? nn(e, r.words) : e.ticket ? rn(e, r.words) : Qt(e, r)}
    ${Xt(e, r) || o && !(n && Yt(e, n)) ? O`<span class="meta">${Zt(e, r)}</span>` : j}
  </div>`;
}
function Yt(e, t) {
	return Math.floor(Date.parse(e.created_at) / 6e4) === Math.floor(Date.parse(t.created_at) / 6e4);
}
function Xt(e, { waiting: t, online: n }) {
	return !n && !!e.client_id && t.has(e.client_id);
}
function Zt(e, t) {
	let { words: n, readTo: r } = t;
	if (Xt(e, t)) return O`${at}${n.say("queued")}`;
	let i = e.author === "buyer" && e.id && Number(e.id) <= r;
	return O`<time datetime=${e.created_at}>${n.time(e.created_at)}</time>${i ? ` · ${n.say("read")}` : ""}`;
}
function Qt(e, { words: t, api: n }) {
	return e.evidence ? $t(e, t, n) : O`<div class="bubble" dir="auto">${e.author === "buyer" && Gt.test(e.text) ? t.date(e.text) : e.text}</div>`;
}
function $t(e, t, n) {
	let r = e.text.replace(/^\[(.*)\]$/s, "$1"), i = e.evidence.links.thumbnail;
	return O`<figure class="bubble photo">
    <redress-picture .source=${tn(n, i)} label=${t.say("photo_sent", { label: r })}></redress-picture>
    <figcaption dir="auto">${r}</figcaption>
  </figure>`;
}
var en = /* @__PURE__ */ new Map();
function tn(e, t) {
	let n = t.split("?")[0], r = en.get(n) ?? (() => e.picture(t));
	return en.set(n, r), r;
}
function nn(e, t) {
	let { outcome: n, deadline: r } = e.assessment, [i, ...a] = e.text.split("\n").filter(Boolean);
	return O`<article class="card outcome" data-outcome=${n} aria-label=${t.say("summary")}>
    <p class="chip">${t.sayIfKnown(`outcome_${n}`) ?? n}</p>
    <p class="lead" dir="auto">${i}</p>
    ${a.map((e) => O`<p dir="auto">${e}</p>`)}
    ${r ? O`<p class="deadline">
          ${at}<span>${t.say("deadline")}</span>
          <time datetime=${r}>${t.instant(r)}</time>
          <span class="distance">${t.distance(r)}</span>
        </p>` : j}
  </article>`;
}
function rn(e, t) {
	let { number: n, state: r } = e.ticket;
	return O`<article class="card ticket" data-state=${r} aria-label="${t.say("ticket")} ${n}">
    <p class="head">${st}<strong>${n}</strong></p>
    <p class="chip">${t.sayIfKnown(`state_${r}`) ?? r}</p>
    <p dir="auto">${e.text}</p>
  </article>`;
}
// node_modules/@messageformat/runtime/esm/runtime.js
function an(e) {
	return an[e] || (an[e] = new Intl.NumberFormat(e));
}
function Q(e, t, n) {
	return an(e).format(t - n);
}
function $(e, t, n, r, i) {
	if ({}.hasOwnProperty.call(r, e)) return r[e];
	t && (e -= t);
	let a = n(e, i);
	return a in r ? r[a] : r.other;
}
// node_modules/make-plural/cardinals.mjs
var on = (e) => {
	let t = !String(e).split(".")[1];
	return e == 1 && t ? "one" : "other";
}, sn = (e) => "other", cn = on, ln = (e) => {
	let t = String(e).split("."), n = t[0], r = !t[1], i = n.slice(-6);
	return e == 1 ? "one" : n != 0 && i == 0 && r ? "many" : "other";
}, un = (e) => {
	let t = String(e).split("."), n = t[0], r = !t[1], i = n.slice(-1), a = n.slice(-2);
	return r && i == 1 && a != 11 ? "one" : r && i >= 2 && i <= 4 && (a < 12 || a > 14) ? "few" : r && i == 0 || r && i >= 5 && i <= 9 || r && a >= 11 && a <= 14 ? "many" : "other";
}, dn = sn, fn = {
	en: {
		title: () => "Help with your order",
		subtitle: () => "Answers at once, any time",
		launcher: () => "Help with an order",
		unread: (e) => $(e.count, 0, cn, {
			one: Q("en", e.count, 0) + " new message",
			other: Q("en", e.count, 0) + " new messages"
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
		attach: () => "Attach a file",
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
		cancel: () => "Cancel",
		retry: () => "Try again",
		too_many_files: (e) => "At most " + $(e.most, 0, cn, {
			one: Q("en", e.most, 0) + " file",
			other: Q("en", e.most, 0) + " files"
		}) + " at a time: the first ones are being sent.",
		not_asked: () => "No file is needed right now. Please answer the question first.",
		photo_sent: (e) => "Sent: " + e.label,
		queued: () => "Will be sent when you are back online",
		sent: () => "Sent",
		not_sent: () => "Not sent",
		offline: () => "You are offline. What you write is kept and sent later.",
		reconnecting: () => "Reconnecting…",
		opening: () => "Opening the conversation…",
		cannot_open: () => "The chat cannot be opened on this page.",
		person: () => "Talk to a person",
		download: () => "Download the conversation",
		to_newest: () => "To the newest message",
		summary: () => "What the policy says",
		outcome_qualifies: () => "Your claim qualifies",
		outcome_awaiting_evidence: () => "Evidence is missing",
		outcome_referred: () => "A person decides",
		outcome_declined: () => "Not covered",
		outcome_too_early: () => "Too early",
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
		unread: (e) => $(e.count, 0, dn, { other: Q("zh-CN", e.count, 0) + " 条新消息" }),
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
		attach: () => "添加附件",
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
		cancel: () => "取消",
		retry: () => "重试",
		too_many_files: (e) => "一次最多发送 " + e.most + " 个文件，正在发送前面的文件。",
		not_asked: () => "现在不需要文件，请先回答问题。",
		photo_sent: (e) => "已发送：" + e.label,
		queued: () => "恢复联网后发送",
		sent: () => "已发送",
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
		unread: (e) => $(e.count, 0, ln, {
			one: Q("es", e.count, 0) + " mensaje nuevo",
			other: Q("es", e.count, 0) + " mensajes nuevos"
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
		attach: () => "Adjuntar un archivo",
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
		cancel: () => "Cancelar",
		retry: () => "Reintentar",
		too_many_files: (e) => "Como máximo " + $(e.most, 0, ln, {
			one: Q("es", e.most, 0) + " archivo",
			other: Q("es", e.most, 0) + " archivos"
		}) + " a la vez: se envían los primeros.",
		not_asked: () => "Ahora no hace falta ningún archivo. Responda antes a la pregunta.",
		photo_sent: (e) => "Enviado: " + e.label,
		queued: () => "Se enviará cuando vuelva la conexión",
		sent: () => "Enviado",
		not_sent: () => "No enviado",
		offline: () => "Sin conexión. Lo que escriba se guarda y se envía después.",
		reconnecting: () => "Reconectando…",
		opening: () => "Abriendo la conversación…",
		cannot_open: () => "El chat no se puede abrir en esta página.",
		person: () => "Hablar con una persona",
		download: () => "Descargar la conversación",
		to_newest: () => "Al último mensaje",
		summary: () => "Lo que dice la política",
		outcome_qualifies: () => "Su reclamación procede",
		outcome_awaiting_evidence: () => "Faltan pruebas",
		outcome_referred: () => "Decide una persona",
		outcome_declined: () => "No está cubierto",
		outcome_too_early: () => "Demasiado pronto",
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
		unread: (e) => $(e.count, 0, un, {
			one: Q("ru", e.count, 0) + " новое сообщение",
			few: Q("ru", e.count, 0) + " новых сообщения",
			many: Q("ru", e.count, 0) + " новых сообщений",
			other: Q("ru", e.count, 0) + " нового сообщения"
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
		attach: () => "Прикрепить файл",
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
		cancel: () => "Отменить",
		retry: () => "Повторить",
		too_many_files: (e) => "Не больше " + $(e.most, 0, un, {
			one: Q("ru", e.most, 0) + " файла",
			other: Q("ru", e.most, 0) + " файлов"
		}) + " за раз: отправляются первые.",
		not_asked: () => "Сейчас файл не нужен. Сначала ответьте на вопрос.",
		photo_sent: (e) => "Отправлено: " + e.label,
		queued: () => "Будет отправлено, когда появится связь",
		sent: () => "Отправлено",
		not_sent: () => "Не отправлено",
		offline: () => "Нет связи. Всё написанное сохранится и отправится позже.",
		reconnecting: () => "Восстанавливаем связь…",
		opening: () => "Открываем переписку…",
		cannot_open: () => "На этой странице чат открыть нельзя.",
		person: () => "Поговорить с человеком",
		download: () => "Скачать переписку",
		to_newest: () => "К последнему сообщению",
		summary: () => "Что говорят правила",
		outcome_qualifies: () => "Претензия обоснованна",
		outcome_awaiting_evidence: () => "Не хватает доказательств",
		outcome_referred: () => "Решает человек",
		outcome_declined: () => "Не покрывается",
		outcome_too_early: () => "Слишком рано",
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
}, pn = Object.keys(fn), mn = class {
	constructor(e) {
		let t = (e) => e.toLowerCase().split(/[-_]/)[0];
		this.language = pn.find((n) => t(n) === t(e)) ?? "en", this.region = navigator.languages.find((e) => t(e) === t(this.language)) ?? this.language;
	}
	say(e, t = {}) {
		return fn[this.language][e](t);
	}
	sayIfKnown(e) {
		return fn[this.language][e]?.({});
	}
	time(e) {
		return this.format(e, {
			hour: "numeric",
			minute: "2-digit"
		});
	}
	day(e, t = /* @__PURE__ */ new Date()) {
		let n = Math.round((hn(t) - hn(new Date(e))) / 864e5);
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
function hn(e) {
	return new Date(e.getFullYear(), e.getMonth(), e.getDate()).getTime();
}
// src/chat.ts
var gn = 80, _n = 700, vn = { email: "email" }, yn = {
	email: "email",
	number: "numeric"
}, bn = class extends L {
	static {
		this.styles = a(dt);
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
			notice: { state: !0 },
			dragging: { state: !0 },
			away: { state: !0 }
		};
	}
	constructor() {
		super(), this.api = new Ne(""), this.words = new mn("en"), this.opened = !1, this.pressed = !1, this.troubled = !1, this.toggle = () => {
			this.open = !this.open;
		}, this.press = (e, t) => {
			this.pressed = !0, this.notice = "", this.away = !1, this.conversation.press(e, t);
		}, this.answer = (e) => {
			this.pressed = !0, this.write(e);
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
		}, this.onSubmit = (e) => {
			e.preventDefault();
			let t = this.message.value.trim();
			t && (this.conversation.memory.unsent = "", this.message.value = "", this.write(t), this.message.focus());
		}, this.onInput = () => {
			this.conversation.memory.unsent = this.message.value, this.conversation.attendance.type();
		}, this.onWrite = (e) => {
			e.key !== "Enter" || e.shiftKey || e.isComposing || (e.preventDefault(), this.message.form.requestSubmit());
		}, this.onKey = (e) => {
			e.key === "Escape" && (this.open = !1);
		}, this.onDrag = (e) => {
			e.dataTransfer?.types.includes("Files") && (e.preventDefault(), this.dragging = !0);
		}, this.onLeave = (e) => {
			e.relatedTarget instanceof Node && this.renderRoot.contains(e.relatedTarget) || (this.dragging = !1);
		}, this.onDrop = (e) => {
			e.preventDefault(), this.dragging = !1, this.take([...e.dataTransfer?.files ?? []]);
		}, this.onPaste = (e) => {
			let t = [...e.clipboardData?.files ?? []];
			t.length && (e.preventDefault(), this.take(t));
		}, this.onScroll = () => {
			let e = this.log;
			this.away = e.scrollHeight - e.scrollTop - e.clientHeight > gn;
		}, this.toNewest = () => {
			this.away = !1, this.log.focus();
		}, this.shop = "", this.locale = "", this.customerToken = "", this.position = "end", this.open = !1, this.base = new URL(import.meta.url).origin, this.notice = "", this.dragging = !1, this.away = !1;
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
		].some((t) => e.has(t)) && this.configure(), e.has("open") && this.open && (this.opened = !0, this.conversation?.start(!0)), this.watchConnection();
	}
	updated(e) {
		this.open && this.conversation?.markRead(), e.has("open") && (this.open || e.get("open")) && this.moveFocus(), this.pressed && !this.conversation?.awaiting && this.focusAnswer(), this.followNewest();
	}
	render() {
		return O`${this.renderLauncher()}${this.opened ? this.renderPanel() : j}`;
	}
	configure() {
		this.words = new mn(this.locale || document.documentElement.lang || navigator.language);
		let e = new Ve(this.shop, this.customerToken);
		this.conversation?.close(), this.api = new Ne(this.base);
		let { shop: t, customerToken: n } = this;
		this.conversation = new Je(this, this.api, e, {
			shop: t,
			customerToken: n,
			locale: this.words.language
		}), this.conversation.start(this.open);
	}
	renderLauncher() {
		let e = this.open ? 0 : this.conversation?.unread ?? 0, t = this.words.say("launcher"), n = e ? `${t}, ${this.words.say("unread", { count: e })}` : t;
		return O`<button id="launcher" part="launcher" type="button" aria-expanded=${this.open} aria-controls="panel"
      aria-label=${n} title=${t} @click=${this.toggle}>
      ${this.open ? Ze : Xe}
      ${e ? O`<span class="badge" aria-hidden="true">${e > 9 ? "9+" : e}</span>` : j}
    </button>`;
	}
	renderPanel() {
		let { words: e } = this, t = this.conversation;
		return O`<section id="panel" part="panel" role="dialog" aria-labelledby="title" lang=${e.language} ?hidden=${!this.open}
      @keydown=${this.onKey} @dragover=${this.onDrag} @dragleave=${this.onLeave} @drop=${this.onDrop} @paste=${this.onPaste}>
      <div class="top">
        <span class="mark">${Xe}</span>
        <div><h2 id="title">${e.say("title")}</h2><p>${this.subtitle(t)}</p></div>
        <button type="button" class="icon" aria-label=${e.say("close")} title=${e.say("close")} @click=${this.toggle}>${Ze}</button>
      </div>
      <p class="connection" role="status">${this.connectionText()}</p>
      <div id="log" role="log" aria-label=${e.say("log")} aria-busy=${!t.ready} tabindex="0" @scroll=${this.onScroll}>
        ${t.failure ? O`<p class="day">${e.say("cannot_open")}</p>` : this.renderConversation(t)}
      </div>
      ${this.away ? O`<button type="button" class="newest icon" aria-label=${e.say("to_newest")} title=${e.say("to_newest")} @click=${this.toNewest}>${ct}</button>` : j}
      ${this.renderComposer(t)}
    </section>`;
	}
	renderConversation(e) {
		let t = new Set(e.outbox.waiting.map((e) => e.client_id)), { presence: n } = e.attendance, r = n?.mode === "person" ? Number(n.read) : 0, i = {
			words: this.words,
			api: this.api,
			waiting: t,
			online: !this.troubled,
			readTo: r
		}, a = this.whoIsTyping(e), o = {
			words: this.words,
			press: this.press,
			say: this.answer
		}, { transcript: s } = e;
		return O`${Kt(s.lines, i)}
    ${s.latest.map((e) => Nt(e, o))}
    ${a ? O`<div class="row theirs"><div class="bubble typing"><i></i><i></i><i></i><span class="unseen">${a}</span></div></div>` : j}`;
	}
	whoIsTyping(e) {
		let { presence: t } = e.attendance;
		return t?.mode === "person" ? t.typing ? this.words.say("person_typing", { name: t.person ?? this.words.say("a_person") }) : "" : e.awaiting && t?.mode !== "waiting" ? this.words.say("typing") : "";
	}
	subtitle(e) {
		let { presence: t } = e.attendance;
		return t?.mode === "person" ? this.words.say("with_person", { name: t.person ?? this.words.say("a_person") }) : this.words.say(t?.mode === "waiting" ? "waiting_person" : "subtitle");
	}
	renderComposer(e) {
		let { words: t } = this, { upload: n, question: r, asking: i } = e.transcript, a = {
			words: t,
			uploads: e.uploads,
			take: this.take,
			dragging: this.dragging
		}, o = this.notice || this.refusalText(e), s = r?.kind ?? "", c = this.label(i);
		return O`<div class="composer" data-question=${r?.id ?? j}>
      ${Vt(a)}
      ${n ? Bt(n, a) : j}
      <p class="notice" role="alert" ?hidden=${!o}>${o}</p>
      <form class="write" @submit=${this.onSubmit}>
        <textarea id="message" rows="1" maxlength="4000" aria-label=${c.name} placeholder=${c.hint}
          autocomplete=${vn[s] ?? "off"} inputmode=${yn[s] ?? "text"} enterkeyhint="send"
          .value=${e.memory.unsent} @input=${this.onInput} @keydown=${this.onWrite}></textarea>
        <button type="submit" class="icon send" aria-label=${t.say("send")} title=${t.say("send")}>${Qe}</button>
      </form>
      <div class="more">
        <button type="button" class="quiet" @click=${this.askForPerson}>${rt}<span>${t.say("person")}</span></button>
        <button type="button" class="quiet" @click=${this.download}>${it}<span>${t.say("download")}</span></button>
      </div>
    </div>`;
	}
	label(e) {
		let t = e?.question?.kind, n = this.words.say(t ? `answer_${t}` : "message");
		return {
			hint: n,
			name: e ? `${n}: ${e.text.split("\n")[0]}` : n
		};
	}
	refusalText(e) {
		let t = e.refusal;
		if (!t) return "";
		let n = this.words.sayIfKnown(`error_${t.why.code}`) ?? t.why.message;
		return `${this.words.say("not_sent")}: “${t.outgoing.title.slice(0, 80)}”. ${n}`;
	}
	connectionText() {
		return navigator.onLine ? this.troubled ? this.words.say("reconnecting") : this.conversation?.ready || this.conversation?.failure ? "" : this.words.say("opening") : this.words.say("offline");
	}
	watchConnection() {
		navigator.onLine && this.conversation?.reachable !== !1 ? (clearTimeout(this.lost), this.lost = void 0, this.troubled = !1) : this.lost ||= setTimeout(() => {
			this.troubled = !0, this.requestUpdate();
		}, _n);
	}
	write(e) {
		this.notice = "", this.away = !1, this.conversation.say(e);
	}
	get log() {
		return this.renderRoot.querySelector("#log");
	}
	get message() {
		return this.renderRoot.querySelector("#message");
	}
	followNewest() {
		let e = this.log;
		this.open && e && !this.away && (e.scrollTop = e.scrollHeight);
	}
	moveFocus() {
		let e = matchMedia("(pointer: coarse)").matches;
		(this.open ? e ? this.log : this.message : this.renderRoot.querySelector("#launcher"))?.focus();
	}
	focusAnswer() {
		this.conversation?.uploads.list.some((e) => e.state === "waiting" || e.state === "sending") || (this.pressed = !1, this.open && (this.renderRoot.querySelector("#log .choices button, #log .pick input, .request input") ?? (matchMedia("(pointer: coarse)").matches ? this.log : this.message))?.focus({ preventScroll: !0 }));
	}
}, xn = class extends L {
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
		return this.failed ? O`<div class="file" role="img" aria-label=${this.label}>${tt}</div>` : O`<canvas role="img" aria-label=${this.label} width="1" height="1"></canvas>`;
	}
	updated(e) {
		e.has("source") && this.draw().catch(() => this.failed = !0);
	}
	async draw() {
		let e = this.source, t = typeof e == "function" ? await e() : e, { width: n, height: r } = this.getBoundingClientRect(), i = await createImageBitmap(t), a = this.renderRoot.querySelector("canvas");
		if (!a || e !== this.source) return;
		a.width = Math.max(1, Math.round(n * devicePixelRatio)), a.height = Math.max(1, Math.round(r * devicePixelRatio));
		let o = Math.max(a.width / i.width, a.height / i.height), [s, c] = [i.width * o, i.height * o], l = a.getContext("2d");
		l.imageSmoothingQuality = "high", l.drawImage(i, (a.width - s) / 2, (a.height - c) / 2, s, c), i.close();
	}
};
// src/main.ts
customElements.get("redress-chat") || (customElements.define("redress-picture", xn), customElements.define("redress-chat", bn));
